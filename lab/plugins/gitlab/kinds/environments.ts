import { type Kind, options, part, textOf, type Told, without } from "../kind";
import { levelName, levelNumber } from "../levels";

/** An environment of a project, to which jobs deploy. GitLab deletes only one that is stopped. */
export const projectEnvironment: Kind = {
  token: "gitlab:index/projectEnvironment:ProjectEnvironment",
  idParts: 2,
  attributes: {
    project: { replaces: true },
    name: { replaces: true },
    stopBeforeDestroy: { default: false, untold: true },
  },

  async create({ gitlab }, plan) {
    const project = textOf(plan, "project");
    const body = options(without(plan, "project", "name", "stopBeforeDestroy"));
    const made = await gitlab.Environments.create(project, textOf(plan, "name"), body);
    return { id: `${project}:${made.id}`, told: toldOf(made) };
  },

  async read({ gitlab }, id) {
    const found = await gitlab.Environments.show(part(id, 0), Number(part(id, 1)));
    return { ...toldOf(found), project: part(id, 0) };
  },

  async update({ gitlab }, id, { changed }) {
    return toldOf(await gitlab.Environments.edit(part(id, 0), Number(part(id, 1)), options(changed)));
  },

  async remove({ gitlab }, id, state) {
    const [project, environment] = [part(id, 0), Number(part(id, 1))];
    if (state["stopBeforeDestroy"] === true) await gitlab.Environments.stop(project, environment);
    await gitlab.Environments.remove(project, environment);
  },
};

/** Who may deploy to an environment. Any change makes another protection. */
export const projectProtectedEnvironment: Kind = {
  token: "gitlab:index/projectProtectedEnvironment:ProjectProtectedEnvironment",
  idParts: 2,

  async create({ gitlab }, plan) {
    const [project, environment] = [textOf(plan, "project"), textOf(plan, "environment")];
    const made = await gitlab.ProjectProtectedEnvironments.create(
      encodeURIComponent(project),
      environment,
      options(entries(plan["deployAccessLevelsAttributes"]) ?? []),
      options({ approvalRules: entries(plan["approvalRules"]) }),
    );
    return { id: `${project}:${environment}`, told: protectionTold(made) };
  },

  async read({ gitlab }, id) {
    const [project, environment] = [part(id, 0), part(id, 1)];
    const path = [encodeURIComponent(project), encodeURIComponent(environment)] as const;
    return { ...protectionTold(await gitlab.ProjectProtectedEnvironments.show(...path)), project, environment };
  },

  async remove({ gitlab }, id) {
    const path = [encodeURIComponent(part(id, 0)), encodeURIComponent(part(id, 1))] as const;
    await gitlab.ProjectProtectedEnvironments.remove(...path);
  },
};

function toldOf(found: object): Told {
  return { ...(found as Told), id: undefined };
}

function protectionTold(found: object): Told {
  const told = found as Told;
  return {
    approvalRules: named(told["approvalRules"]),
    deployAccessLevelsAttributes: named(told["deployAccessLevels"]),
  };
}

/** GitLab has null where a level is no user's or no group's. */
function named(levels: unknown): object[] {
  if (!Array.isArray(levels)) return [];
  return levels.map((level) => {
    const given = Object.entries(level as Record<string, unknown>).filter(([, value]) => value !== null);
    return Object.fromEntries(given.map(([name, value]) => [name, name === "accessLevel" ? levelName(value) : value]));
  });
}

function entries(levels: unknown): object[] | undefined {
  if (!Array.isArray(levels)) return undefined;
  return levels.map((level) => {
    const given = Object.entries(level as Record<string, unknown>);
    return Object.fromEntries(
      given.map(([name, value]) => [name, name === "accessLevel" ? levelNumber(String(value)) : value]),
    );
  });
}
