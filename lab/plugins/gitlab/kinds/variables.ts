import { type Kind, options, part, type Plan, textOf, type Told, without } from "../kind";

interface Owner {
  /** The argument that names it. */
  readonly argument: "project" | "group";
  readonly token: string;
  readonly client: "ProjectVariables" | "GroupVariables";
}

/** A CI/CD variable of a project. */
export const projectVariable = variable({
  argument: "project",
  token: "gitlab:index/projectVariable:ProjectVariable",
  client: "ProjectVariables",
});

/** A CI/CD variable of a group. */
export const groupVariable = variable({
  argument: "group",
  token: "gitlab:index/groupVariable:GroupVariable",
  client: "GroupVariables",
});

function variable({ argument, token, client }: Owner): Kind {
  return {
    token,
    idParts: 3,
    attributes: {
      [argument]: { replaces: true },
      key: { replaces: true },
      environmentScope: { default: "*", replaces: true },
      // GitLab can hide a variable when it makes it, and never show it again.
      hidden: { default: false, replaces: true },
      masked: { default: false },
      protected: { default: false },
      raw: { default: false },
      variableType: { default: "env_var" },
    },
    conflicts: (plan) =>
      plan["hidden"] === true && plan["masked"] !== true
        ? ["a hidden variable has to be masked, too: masked: true"]
        : [],

    async create({ gitlab }, plan) {
      const [owner, key] = [textOf(plan, argument), textOf(plan, "key")];
      const { hidden, ...rest } = without(plan, argument, "key", "value");
      const body = hidden === true ? { ...without(rest, "masked"), maskedAndHidden: true } : rest;
      const made = await gitlab[client].create(owner, key, textOf(plan, "value"), options(body));
      const told = toldOf(made, plan);
      // GitLab's free edition has group variables for all environments only.
      return { id: `${owner}:${key}:${String(told["environmentScope"])}`, told };
    },

    async read({ gitlab }, id, state) {
      const found = await gitlab[client].show(part(id, 0), part(id, 1), options(scopeOf(part(id, 2))));
      return { ...toldOf(found, state), [argument]: part(id, 0) };
    },

    async update({ gitlab }, id, { plan }) {
      const body = { ...without(plan, argument, "key", "value", "hidden"), ...scopeOf(part(id, 2)) };
      return toldOf(await gitlab[client].edit(part(id, 0), part(id, 1), textOf(plan, "value"), options(body)), plan);
    },

    async remove({ gitlab }, id) {
      await gitlab[client].remove(part(id, 0), part(id, 1), options(scopeOf(part(id, 2))));
    },
  };
}

/** Which of several variables of one key is meant. */
function scopeOf(environmentScope: string): object {
  return { filter: { environmentScope } };
}

/** The value of a hidden one is not told; what is known of it stays. */
function toldOf(found: object, known: Plan): Told {
  const told = found as Told;
  return { ...told, id: undefined, value: told["hidden"] === true ? known["value"] : told["value"] };
}
