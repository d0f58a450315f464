import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorizeMember, authorizeProject } from "../auth/access";
import { level } from "../auth/levels";
import { ciOf } from "../ci/ci";
import { advance, latestJobs } from "../ci/progress";
import type { Pipeline } from "../ci/records";
import { retryJob } from "../ci/retry";
import { eraseFiles } from "../ci/work";
import type { GitLabContext } from "../context";
import { notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { flag, integer, oneOf, required, text, validate } from "../http/validate";
import type { Project } from "../store/places";
import { fullPipelineBody, pipelineBody } from "./pipeline-bodies";
import { madePipeline, variableBody, variableList } from "./pipeline-parameters";

/** https://docs.gitlab.com/api/pipelines/ */
export function pipelineRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { store } = context;
  const ci = ciOf(context);
  app.addHook("onClose", () => ci.close());
  const base = "/api/v4/projects/:id";

  app.get(`${base}/pipelines`, (request, reply) => {
    const { project } = authorizeProject(context, request, 0);
    return paginate(request, reply, context.url, listed(context, request, project)).map((one) =>
      pipelineBody(context, one),
    );
  });

  app.post(`${base}/pipeline`, async (request, reply) => {
    const { project, caller } = authorizeMember(context, request, level.developer);
    const { ref } = validate(request, { ref: required(text) });
    const variables = variableList(request, "variables");
    const source = "api";
    const creation = await ci.create({ project, user: caller.user, ref, source, variables, keepsErrors: false });
    return reply.code(201).send(fullPipelineBody(context, madePipeline(creation)));
  });

  app.get(`${base}/pipelines/latest`, (request) => {
    const { project } = authorizeProject(context, request, 0);
    const { ref = project.default_branch } = validate(request, { ref: text });
    const found = store.pipelines.where((one) => one.project_id === project.id && one.ref === ref).at(-1);
    if (found === undefined) throw notFound("Pipeline");
    return fullPipelineBody(context, found);
  });

  app.get(`${base}/pipelines/:pipeline_id`, (request) => {
    const { project } = authorizeProject(context, request, 0);
    return fullPipelineBody(context, pipelineOf(context, request, project));
  });

  app.get(`${base}/pipelines/:pipeline_id/variables`, (request) => {
    const { project } = authorizeMember(context, request, level.developer);
    return pipelineOf(context, request, project).variables.map(variableBody);
  });

  app.get(`${base}/pipelines/:pipeline_id/bridges`, (request, reply) => {
    const { project } = authorizeProject(context, request, 0);
    pipelineOf(context, request, project);
    return paginate(request, reply, context.url, []);
  });

  app.post(`${base}/pipelines/:pipeline_id/cancel`, async (request, reply) => {
    const { project } = authorizeMember(context, request, level.developer);
    const { id } = pipelineOf(context, request, project);
    for (const job of latestJobs(context, id)) ci.queue.cancel(job.id);
    return reply.code(200).send(fullPipelineBody(context, store.pipelines.need(id)));
  });

  app.post(`${base}/pipelines/:pipeline_id/retry`, async (request, reply) => {
    const { project, caller } = authorizeMember(context, request, level.developer);
    const { id } = pipelineOf(context, request, project);
    const ended = latestJobs(context, id).filter(({ status }) => status === "failed" || status === "canceled");
    for (const job of ended) retryJob(context, job, caller.user.id);
    advance(context, id);
    ci.queue.pump();
    return reply.code(201).send(fullPipelineBody(context, store.pipelines.need(id)));
  });

  app.delete(`${base}/pipelines/:pipeline_id`, async (request, reply) => {
    const { project } = authorizeMember(context, request, level.owner);
    const { id } = pipelineOf(context, request, project);
    for (const job of store.jobs.where(({ pipeline_id }) => pipeline_id === id)) {
      ci.queue.cancel(job.id);
      eraseFiles(ci.folders, job.id);
    }
    store.jobs.removeWhere(({ pipeline_id }) => pipeline_id === id);
    store.pipelines.remove(id);
    return reply.code(204).send();
  });

  app.get(`${base}/merge_requests/:merge_request_iid/pipelines`, (request, reply) => {
    const { project } = authorizeProject(context, request, 0);
    const { merge_request_iid } = request.params as { readonly merge_request_iid: string };
    const found = store.mergeRequests.find(
      ({ project_id, iid }) => project_id === project.id && iid === Number(merge_request_iid),
    );
    if (found === undefined) throw notFound();
    const own = store.pipelines.where(
      (one) =>
        one.merge_request_id === found.id ||
        (one.project_id === project.id && one.ref === found.source_branch && one.sha === found.sha),
    );
    return paginate(request, reply, context.url, own.reverse()).map((one) => pipelineBody(context, one));
  });
}

/** The pipeline of a route; 404 for what is not the project's. */
export function pipelineOf({ store }: GitLabContext, request: FastifyRequest, project: Project): Pipeline {
  const { pipeline_id } = request.params as { readonly pipeline_id: string };
  const found = store.pipelines.get(Number(pipeline_id));
  if (found?.project_id !== project.id) throw notFound();
  return found;
}

const statuses = [
  "created", "waiting_for_resource", "preparing", "pending", "running", "success", "failed", "canceled", "canceling",
  "skipped", "manual", "scheduled",
] as const; // prettier-ignore

function listed({ store }: GitLabContext, request: FastifyRequest, project: Project): Pipeline[] {
  const asked = validate(request, {
    scope: oneOf("running", "pending", "finished", "branches", "tags"),
    status: oneOf(...statuses),
    source: text,
    ref: text,
    sha: text,
    username: text,
    yaml_errors: flag,
    order_by: oneOf("id", "status", "ref", "updated_at", "user_id"),
    sort: oneOf("asc", "desc"),
    created_after: text,
    created_before: text,
    updated_after: text,
    updated_before: text,
    iid: integer,
  });
  const found = store.pipelines.where(
    (one) =>
      one.project_id === project.id &&
      (asked.status === undefined || one.status === asked.status) &&
      (asked.source === undefined || one.source === asked.source) &&
      (asked.ref === undefined || one.ref === asked.ref) &&
      (asked.sha === undefined || one.sha === asked.sha) &&
      (asked.yaml_errors === undefined || (one.yaml_errors !== null) === asked.yaml_errors) &&
      (asked.username === undefined || store.users.get(one.user_id)?.username === asked.username) &&
      isInScope(one, asked.scope) &&
      isBetween(one.created_at, asked.created_after, asked.created_before) &&
      isBetween(one.updated_at, asked.updated_after, asked.updated_before),
  );
  const by = asked.order_by ?? "id";
  const sorted = found.sort((a, b) => (a[by] < b[by] ? -1 : a[by] > b[by] ? 1 : a.id - b.id));
  return asked.sort === "asc" ? sorted : sorted.reverse();
}

function isInScope({ status, finished_at, tag }: Pipeline, scope: string | undefined): boolean {
  if (scope === undefined) return true;
  if (scope === "finished") return finished_at !== null;
  if (scope === "branches" || scope === "tags") return tag === (scope === "tags");
  return status === scope;
}

function isBetween(time: string, after: string | undefined, before: string | undefined): boolean {
  const at = Date.parse(time);
  return (after === undefined || at > Date.parse(after)) && (before === undefined || at < Date.parse(before));
}
