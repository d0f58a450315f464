import { type Kind, options, part, textOf, type Told } from "../kind";

/** An SSH key with which a project's repository can be read, or written. GitLab cannot change one. */
export const deployKey: Kind = {
  token: "gitlab:index/deployKey:DeployKey",
  idParts: 2,

  async create({ gitlab }, plan) {
    const project = textOf(plan, "project");
    const body = options({ canPush: plan["canPush"], expiresAt: plan["expiresAt"] });
    const made = await gitlab.DeployKeys.create(project, textOf(plan, "title"), textOf(plan, "key"), body);
    const told = toldOf(made, textOf(plan, "key"));
    return { id: `${project}:${made.id}`, told: { ...told, expiresAt: plan["expiresAt"] ?? told["expiresAt"] } };
  },

  async read({ gitlab }, id, state) {
    const found = await gitlab.DeployKeys.show(part(id, 0), Number(part(id, 1)));
    const told = toldOf(found, textOf(state, "key"));
    return { ...told, expiresAt: state["expiresAt"] ?? told["expiresAt"], project: part(id, 0) };
  },

  async remove({ gitlab }, id) {
    await gitlab.DeployKeys.remove(part(id, 0), Number(part(id, 1)));
  },
};

/** GitLab leaves a key's comment away, and spaces around it. */
function toldOf(found: object, given: string): Told {
  const told = found as Told;
  const bare = (key: unknown): string => String(key).trim().split(/\s+/).slice(0, 2).join(" ");
  const key = bare(told["key"]) === bare(given) ? given : told["key"];
  return { ...told, id: undefined, key, deployKeyId: told["id"] };
}
