import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { authorizeMember } from "../auth/access";
import { callerOfToken } from "../auth/caller";
import { level } from "../auth/levels";
import { findProject } from "../auth/paths";
import { newToken } from "../auth/token-text";
import { basicUserBody } from "../bodies/user";
import { ciOf } from "../ci/ci";
import type { Trigger } from "../ci/records";
import { timestamp, type GitLabContext } from "../context";
import { notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { required, text, validate } from "../http/validate";
import type { User } from "../store/people";
import type { Project } from "../store/places";
import { fullPipelineBody } from "./pipeline-bodies";
import { madePipeline, variableHash } from "./pipeline-parameters";

/** https://docs.gitlab.com/api/pipeline_triggers/ */
export function triggerRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { store } = context;
  const base = "/api/v4/projects/:id";

  app.get(`${base}/triggers`, (request, reply) => {
    const { project, caller } = authorizeMember(context, request, level.maintainer);
    const own = store.triggers.where(({ project_id }) => project_id === project.id);
    return paginate(request, reply, context.url, own).map((one) => triggerBody(context, one, caller.user));
  });

  app.post(`${base}/triggers`, async (request, reply) => {
    const { project, caller } = authorizeMember(context, request, level.maintainer);
    const { description } = validate(request, { description: required(text) });
    const now = timestamp(context);
    const trigger = store.triggers.insert({
      project_id: project.id,
      owner_id: caller.user.id,
      description,
      token: newToken("trigger"),
      created_at: now,
      updated_at: now,
      last_used: null,
    });
    return reply.code(201).send(triggerBody(context, trigger, caller.user));
  });

  app.get(`${base}/triggers/:trigger_id`, (request) => {
    const { project, caller } = authorizeMember(context, request, level.maintainer);
    return triggerBody(context, triggerOf(context, request, project), caller.user);
  });

  app.put(`${base}/triggers/:trigger_id`, (request) => {
    const { project, caller } = authorizeMember(context, request, level.maintainer);
    const { id } = triggerOf(context, request, project);
    const { description } = validate(request, { description: text });
    const changed = store.triggers.update(id, { description, updated_at: timestamp(context) });
    return triggerBody(context, changed, caller.user);
  });

  app.delete(`${base}/triggers/:trigger_id`, async (request, reply) => {
    const { project } = authorizeMember(context, request, level.maintainer);
    store.triggers.remove(triggerOf(context, request, project).id);
    return reply.code(204).send();
  });

  app.post(`${base}/trigger/pipeline`, (request, reply) => start(context, request, reply));
  app.post(`${base}/ref/:ref/trigger/pipeline`, (request, reply) => {
    return start(context, request, reply, (request.params as { readonly ref: string }).ref);
  });
}

/**
 * Starts a pipeline by a trigger's token, or by that of a job. Whoever has no good token learns nothing of the project:
 * 404 for both.
 */
async function start(
  context: GitLabContext,
  request: FastifyRequest,
  reply: FastifyReply,
  refOfPath?: string,
): Promise<FastifyReply> {
  const shape = { token: required(text), ...(refOfPath === undefined && { ref: required(text) }) };
  const given = validate(request, shape) as { readonly token: string; readonly ref?: string };
  const { store } = context;
  const { id } = request.params as { readonly id: string };
  const project = /^\d+$/.test(id) ? store.projects.get(Number(id)) : findProject(store, id);
  if (project === undefined) throw notFound();
  const trigger = store.triggers.find(({ token, project_id }) => token === given.token && project_id === project.id);
  const user = trigger === undefined ? userOfJob(context, given.token, project) : store.users.get(trigger.owner_id);
  if (user === undefined) throw notFound();
  const creation = await ciOf(context).create({
    project,
    user,
    ref: refOfPath ?? given.ref ?? "",
    source: "trigger",
    variables: variableHash(request),
    keepsErrors: true,
  });
  if (trigger !== undefined && store.triggers.get(trigger.id) !== undefined) {
    store.triggers.update(trigger.id, { last_used: timestamp(context) });
  }
  return reply.code(201).send(fullPipelineBody(context, madePipeline(creation)));
}

/** By CI_JOB_TOKEN; the double lets jobs of the same project alone. */
function userOfJob(context: GitLabContext, token: string, project: Project): User | undefined {
  const caller = callerOfToken(context, token);
  const isJob = typeof caller !== "string" && caller.token.kind === "job" && caller.token.project_id === project.id;
  return isJob ? caller.user : undefined;
}

function triggerOf({ store }: GitLabContext, request: FastifyRequest, project: Project): Trigger {
  const { trigger_id } = request.params as { readonly trigger_id: string };
  const found = store.triggers.get(Number(trigger_id));
  if (found?.project_id !== project.id) throw notFound("Trigger");
  return found;
}

/** Only the owner sees the whole token, others its beginning. */
function triggerBody(context: GitLabContext, trigger: Trigger, caller: User): Record<string, unknown> {
  const { id, token, description, created_at, updated_at, last_used, owner_id } = trigger;
  const owner = context.store.users.get(owner_id);
  return {
    id,
    token: owner_id === caller.id ? token : token.slice("glptt-".length).slice(0, 4),
    description,
    created_at,
    updated_at,
    deleted_at: null,
    last_used,
    expires_at: null,
    owner: owner === undefined ? null : basicUserBody(context, owner),
  };
}
