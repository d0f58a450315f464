import { type Kind, options, part, textOf, type Told, without } from "../kind";

/** A schedule of a project's pipelines. */
export const pipelineSchedule: Kind = {
  token: "gitlab:index/pipelineSchedule:PipelineSchedule",
  idParts: 2,
  attributes: {
    active: { default: true },
    cronTimezone: { default: "UTC" },
    project: { replaces: true },
    takeOwnership: { untold: true },
  },

  async create({ gitlab }, plan) {
    const project = textOf(plan, "project");
    const made = await gitlab.PipelineSchedules.create(
      project,
      textOf(plan, "description"),
      textOf(plan, "ref"),
      textOf(plan, "cron"),
      options(without(plan, "project", "description", "ref", "cron", "takeOwnership")),
    );
    return { id: `${project}:${made.id}`, told: toldOf(made, textOf(plan, "ref")) };
  },

  async read({ gitlab }, id, state) {
    const found = await gitlab.PipelineSchedules.show(part(id, 0), Number(part(id, 1)));
    return { ...toldOf(found, textOf(state, "ref")), project: part(id, 0) };
  },

  async update({ gitlab }, id, { plan }) {
    const [project, schedule] = [part(id, 0), Number(part(id, 1))];
    if (plan["takeOwnership"] === true) await gitlab.PipelineSchedules.takeOwnership(project, schedule);
    const body = without(plan, "project", "takeOwnership");
    const told = await gitlab.PipelineSchedules.edit(project, schedule, options(body));
    return toldOf(told, textOf(plan, "ref"));
  },

  async remove({ gitlab }, id) {
    await gitlab.PipelineSchedules.remove(part(id, 0), Number(part(id, 1)));
  },
};

/** A variable of the pipelines that a schedule starts. */
export const pipelineScheduleVariable: Kind = {
  token: "gitlab:index/pipelineScheduleVariable:PipelineScheduleVariable",
  idParts: 3,
  attributes: { variableType: { default: "env_var" } },

  async create({ gitlab }, plan) {
    const [project, schedule, key] = [textOf(plan, "project"), Number(plan["pipelineScheduleId"]), textOf(plan, "key")];
    const body = options({ variableType: plan["variableType"] });
    const told = await gitlab.PipelineScheduleVariables.create(project, schedule, key, textOf(plan, "value"), body);
    return { id: `${project}:${schedule}:${key}`, told: { ...told } };
  },

  async read({ gitlab }, id) {
    const [project, schedule, key] = [part(id, 0), Number(part(id, 1)), part(id, 2)];
    const shown: Told = { ...(await gitlab.PipelineSchedules.show(project, schedule)) };
    const variables = shown["variables"] as readonly Told[] | undefined;
    const found = variables?.find((variable) => variable["key"] === key);
    return found && { ...found, project, pipelineScheduleId: schedule };
  },

  async update({ gitlab }, id, { plan }) {
    const [project, schedule, key] = [part(id, 0), Number(part(id, 1)), part(id, 2)];
    const body = options({ variableType: plan["variableType"] });
    return { ...(await gitlab.PipelineScheduleVariables.edit(project, schedule, key, textOf(plan, "value"), body)) };
  },

  async remove({ gitlab }, id) {
    await gitlab.PipelineScheduleVariables.remove(part(id, 0), Number(part(id, 1)), part(id, 2));
  },
};

/** GitLab tells a branch as `refs/heads/main` also where it was given as `main`. */
function toldOf(found: object, ref: string): Told {
  const told = found as Told;
  const owner = told["owner"] as { readonly id: number } | null | undefined;
  const same = told["ref"] === `refs/heads/${ref}` || told["ref"] === `refs/tags/${ref}`;
  return {
    ...told,
    id: undefined,
    inputs: undefined,
    ref: same ? ref : told["ref"],
    owner: owner?.id,
    pipelineScheduleId: told["id"],
  };
}
