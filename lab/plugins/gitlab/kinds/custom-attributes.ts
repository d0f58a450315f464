import { type Kind, part, textOf } from "../kind";

interface Owner {
  /** The argument that names it. */
  readonly argument: "project" | "group";
  readonly token: string;
  readonly client: "ProjectCustomAttributes" | "GroupCustomAttributes";
}

/** A custom attribute of a project: a text by a key that administrators see and search by. */
export const projectCustomAttribute = customAttribute({
  argument: "project",
  token: "gitlab:index/projectCustomAttribute:ProjectCustomAttribute",
  client: "ProjectCustomAttributes",
});

/** A custom attribute of a group. */
export const groupCustomAttribute = customAttribute({
  argument: "group",
  token: "gitlab:index/groupCustomAttribute:GroupCustomAttribute",
  client: "GroupCustomAttributes",
});

function customAttribute({ argument, token, client }: Owner): Kind {
  return {
    token,
    idParts: 2,
    attributes: { [argument]: { replaces: true }, key: { replaces: true } },

    async create({ gitlab }, plan) {
      const [owner, key] = [textOf(plan, argument), textOf(plan, "key")];
      const { value } = await gitlab[client].set(owner, key, textOf(plan, "value"));
      return { id: `${owner}:${key}`, told: { value } };
    },

    async read({ gitlab }, id) {
      const [owner, key] = [part(id, 0), part(id, 1)];
      const { value } = await gitlab[client].show(owner, key);
      return { [argument]: Number(owner), key, value };
    },

    async update({ gitlab }, id, { plan }) {
      const { value } = await gitlab[client].set(part(id, 0), part(id, 1), textOf(plan, "value"));
      return { value };
    },

    async remove({ gitlab }, id) {
      await gitlab[client].remove(part(id, 0), part(id, 1));
    },
  };
}
