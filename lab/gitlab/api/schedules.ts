import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorizeMember, authorizeProject } from "../auth/access";
import { level } from "../auth/levels";
import { basicUserBody } from "../bodies/user";
import { ciOf } from "../ci/ci";
import { isTimeZone, parseCron } from "../ci/cron";
import { findRef } from "../ci/facts";
import type { Schedule } from "../ci/records";
import { nextRun, runSchedule } from "../ci/schedule-clock";
import { timestamp, type GitLabContext } from "../context";
import { forbidden, invalid, notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { flag, oneOf, required, text, validate } from "../http/validate";
import type { User } from "../store/people";
import type { Project } from "../store/places";
import { pipelineBody } from "./pipeline-bodies";
import { variableBody } from "./pipeline-parameters";

/** https://docs.gitlab.com/api/pipeline_schedules/ */
export function scheduleRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { store } = context;
  const base = "/api/v4/projects/:id/pipeline_schedules";

  app.get(base, (request, reply) => {
    const { project } = authorizeProject(context, request, 0);
    const { scope } = validate(request, { scope: oneOf("active", "inactive") });
    const own = store.schedules.where(
      ({ project_id, active }) => project_id === project.id && (scope === undefined || active === (scope === "active")),
    );
    return paginate(request, reply, context.url, own).map((one) => scheduleBody(context, one));
  });

  app.post(base, async (request, reply) => {
    const { project, caller } = authorizeMember(context, request, level.developer);
    const given = validate(request, {
      description: required(text),
      ref: required(text),
      cron: required(text),
      cron_timezone: text,
      active: flag,
    });
    const fields = { ...given, cron_timezone: given.cron_timezone ?? "UTC", active: given.active ?? true };
    const ref = await checked(context, project, fields);
    const now = timestamp(context);
    const schedule = store.schedules.insert({
      ...fields,
      ref,
      project_id: project.id,
      owner_id: caller.user.id,
      variables: [],
      next_run_at: nextRun(context, fields),
      last_pipeline_id: null,
      created_at: now,
      updated_at: now,
    });
    return reply.code(201).send(fullBody(context, schedule, caller.user));
  });

  app.get(`${base}/:schedule_id`, (request) => {
    const { project, caller, role } = authorizeProject(context, request, 0);
    const schedule = scheduleOf(context, request, project);
    return role >= level.developer ? fullBody(context, schedule, caller?.user) : scheduleBody(context, schedule);
  });

  app.put(`${base}/:schedule_id`, async (request) => {
    const { project, schedule, user } = own(context, request);
    const shape = { description: text, ref: text, cron: text, cron_timezone: text, active: flag };
    const given = Object.entries(validate(request, shape)).filter(([, value]) => value !== undefined);
    const fields = { ...schedule, ...(Object.fromEntries(given) as Partial<Schedule>) };
    const ref = await checked(context, project, fields);
    const next_run_at = nextRun(context, fields);
    const { description, cron, cron_timezone, active } = fields;
    const changes = { description, ref, cron, cron_timezone, active, next_run_at, updated_at: timestamp(context) };
    return fullBody(context, store.schedules.update(schedule.id, changes), user);
  });

  app.delete(`${base}/:schedule_id`, async (request, reply) => {
    const { schedule } = own(context, request);
    store.schedules.remove(schedule.id);
    return reply.code(204).send();
  });

  app.post(`${base}/:schedule_id/take_ownership`, async (request, reply) => {
    const { project, caller } = authorizeMember(context, request, level.maintainer);
    const { id } = scheduleOf(context, request, project);
    return reply
      .code(201)
      .send(fullBody(context, store.schedules.update(id, { owner_id: caller.user.id }), caller.user));
  });

  app.post(`${base}/:schedule_id/play`, async (request, reply) => {
    const { project } = authorizeMember(context, request, level.developer);
    const schedule = scheduleOf(context, request, project);
    const ci = ciOf(context);
    // Answered at once, as the pipeline is made in the background.
    void runSchedule(context, schedule, (pipeline) => ci.create(pipeline)).catch((error: unknown) => {
      context.log(`schedule ${String(schedule.id)}: ${error instanceof Error ? error.message : String(error)}`);
    });
    return reply.code(201).send({ message: "201 Created" });
  });

  app.get(`${base}/:schedule_id/pipelines`, (request, reply) => {
    const { project } = authorizeProject(context, request, 0);
    const { id } = scheduleOf(context, request, project);
    const made = store.pipelines.where(({ schedule_id }) => schedule_id === id);
    return paginate(request, reply, context.url, made).map((one) => pipelineBody(context, one));
  });
}

/** The schedule of a route, for its owner or a maintainer; 403 for others. */
export function own(
  context: GitLabContext,
  request: FastifyRequest,
): { readonly project: Project; readonly schedule: Schedule; readonly user: User } {
  const { project, caller, role } = authorizeMember(context, request, level.developer);
  const schedule = scheduleOf(context, request, project);
  if (role < level.maintainer && schedule.owner_id !== caller.user.id) throw forbidden();
  return { project, schedule, user: caller.user };
}

function scheduleOf({ store }: GitLabContext, request: FastifyRequest, project: Project): Schedule {
  const { schedule_id } = request.params as { readonly schedule_id: string };
  const found = store.schedules.get(Number(schedule_id));
  if (found?.project_id !== project.id) throw notFound("Pipeline Schedule");
  return found;
}

/** The full name of the ref, or what the model has against the schedule. */
async function checked(
  context: GitLabContext,
  project: Project,
  { ref, cron, cron_timezone }: Pick<Schedule, "ref" | "cron" | "cron_timezone">,
): Promise<string> {
  const found = await findRef(context, project, ref);
  const wrong = {
    ...(parseCron(cron) === undefined && { cron: ["syntax is invalid"] }),
    ...(!isTimeZone(cron_timezone) && { cron_timezone: ["syntax is invalid"] }),
    ...(ref === "" && { ref: ["can't be blank"] }),
  };
  if (Object.keys(wrong).length > 0) throw invalid(wrong);
  // GitLab keeps a ref that is not there yet as it is.
  return found === undefined ? ref : `refs/${found.tag ? "tags" : "heads"}/${found.name}`;
}

function scheduleBody(context: GitLabContext, schedule: Schedule): Record<string, unknown> {
  const { id, description, ref, cron, cron_timezone, next_run_at, active, created_at, updated_at, owner_id } = schedule;
  const owner = context.store.users.get(owner_id);
  return {
    id,
    description,
    ref,
    cron,
    cron_timezone,
    next_run_at,
    active,
    created_at,
    updated_at,
    owner: owner === undefined ? null : basicUserBody(context, owner),
  };
}

/** Its variables are for its owner and for maintainers. */
function fullBody(context: GitLabContext, schedule: Schedule, caller: User | undefined): Record<string, unknown> {
  const last = schedule.last_pipeline_id === null ? undefined : context.store.pipelines.get(schedule.last_pipeline_id);
  return {
    ...scheduleBody(context, schedule),
    last_pipeline: last === undefined ? null : { id: last.id, sha: last.sha, ref: last.ref, status: last.status },
    ...(caller !== undefined && { variables: schedule.variables.map(variableBody) }),
  };
}
