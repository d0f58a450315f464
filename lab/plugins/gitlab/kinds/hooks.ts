import { type Attribute, type Kind, options, part, type Plan, textOf, type Told, without } from "../kind";
import { loadSchema } from "../package-schema";

interface Owner {
  /** The argument that names it. */
  readonly argument: "project" | "group";
  readonly token: string;
  readonly client: "ProjectHooks" | "GroupHooks";
}

/** A webhook of a project. */
export const projectHook = hook({
  argument: "project",
  token: "gitlab:index/projectHook:ProjectHook",
  client: "ProjectHooks",
});

/** A webhook of a group. */
export const groupHook = hook({ argument: "group", token: "gitlab:index/groupHook:GroupHook", client: "GroupHooks" });

function hook({ argument, token, client }: Owner): Kind {
  const identity = [argument, "url"];
  return {
    token,
    idParts: 2,
    attributes: {
      ...events(token),
      pushEvents: { default: true },
      enableSslVerification: { default: true },
      [argument]: { replaces: true },
      // Another address without the token again would be called without it.
      url: { replaces: true },
      token: { untold: true },
      signingToken: { untold: true },
      // GitLab tells their keys only.
      customHeaders: { untold: true },
      urlVariables: { untold: true },
    },

    async create({ gitlab }, plan) {
      const owner = textOf(plan, argument);
      const made = await gitlab[client].add(owner, textOf(plan, "url"), options(without(plan, ...identity)));
      return { id: `${owner}:${made.id}`, told: toldOf(made) };
    },

    async read({ gitlab }, id) {
      const found = await gitlab[client].show(part(id, 0), Number(part(id, 1)));
      return { ...toldOf(found), [argument]: part(id, 0) };
    },

    async update({ gitlab }, id, { plan, state }) {
      const [owner, hookId] = [part(id, 0), Number(part(id, 1))];
      // GitLab forgets the token unless it is told again.
      const body: Plan = { ...(state["token"] === undefined ? {} : { token: state["token"] }), ...plan };
      return toldOf(await gitlab[client].edit(owner, hookId, textOf(plan, "url"), options(without(body, ...identity))));
    },

    async remove({ gitlab }, id) {
      await gitlab[client].remove(part(id, 0), Number(part(id, 1)));
    },
  };
}

/** Every event is off unless it is asked for. */
function events(token: string): Record<string, Attribute> {
  const inputs = loadSchema().resources[token]?.inputs ?? {};
  const names = Object.keys(inputs).filter((name) => name.endsWith("Events") && inputs[name]?.type === "boolean");
  return Object.fromEntries(names.map((name) => [name, { default: false }]));
}

function toldOf(found: object): Told {
  const told = found as Told;
  return { ...told, id: undefined, hookId: told["id"] };
}
