import { type Kind, options, part, textOf, type Told } from "../kind";

/** A token that starts a project's pipelines. GitLab tells it whole only to whoever made it. */
export const pipelineTrigger: Kind = {
  token: "gitlab:index/pipelineTrigger:PipelineTrigger",
  idParts: 2,
  attributes: { project: { replaces: true } },

  async create({ gitlab }, plan) {
    const project = textOf(plan, "project");
    const made = await gitlab.PipelineTriggerTokens.create(project, textOf(plan, "description"));
    return { id: `${project}:${made.id}`, told: { ...toldOf(made), token: made.token } };
  },

  async read({ gitlab }, id, state) {
    const found = await gitlab.PipelineTriggerTokens.show(part(id, 0), Number(part(id, 1)));
    const told = { ...toldOf(found), project: part(id, 0) };
    // To others it is cut short: what the state has is better then.
    return String(state["token"] ?? "").startsWith(found.token) ? told : { ...told, token: found.token };
  },

  async update({ gitlab }, id, { changed }) {
    return toldOf(await gitlab.PipelineTriggerTokens.edit(part(id, 0), Number(part(id, 1)), options(changed)));
  },

  async remove({ gitlab }, id) {
    await gitlab.PipelineTriggerTokens.remove(part(id, 0), Number(part(id, 1)));
  },
};

function toldOf({ id, description }: { id: number; description: string }): Told {
  return { description, pipelineTriggerId: id };
}
