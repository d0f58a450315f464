import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorizeMember, authorizeProject } from "../auth/access";
import { authenticate } from "../auth/caller";
import { level } from "../auth/levels";
import { ciOf } from "../ci/ci";
import { mayDeploy } from "../ci/deployments";
import { latestJobs } from "../ci/progress";
import { isDone, type Job } from "../ci/records";
import { playJob, retryJob } from "../ci/retry";
import { eraseFiles, readTrace } from "../ci/work";
import { timestamp, type GitLabContext } from "../context";
import { badRequest, forbidden, notFound, unauthorized } from "../http/errors";
import { paginate } from "../http/paginate";
import { flag, list, oneOf, validate } from "../http/validate";
import type { Project } from "../store/places";
import { jobBody } from "./pipeline-bodies";
import { variableList } from "./pipeline-parameters";
import { pipelineOf } from "./pipelines";

const scopes = [
  "created", "pending", "running", "failed", "success", "canceled", "skipped", "waiting_for_resource", "manual",
] as const; // prettier-ignore

/** https://docs.gitlab.com/api/jobs/ */
export function jobRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { store } = context;
  const ci = ciOf(context);
  const base = "/api/v4/projects/:id";

  app.get("/api/v4/job", (request) => {
    const { token } = authenticate(context, request, ["ci_job"]);
    const job = token.job_id === null ? undefined : store.jobs.get(token.job_id);
    if (job === undefined) throw unauthorized();
    return jobBody(context, job);
  });

  app.get(`${base}/jobs`, (request, reply) => {
    const { project } = authorizeProject(context, request, level.reporter);
    const jobs = store.jobs.where(({ project_id, retried }) => project_id === project.id && !retried);
    const page = paginate(request, reply, context.url, inScope(request, jobs.reverse()));
    return Promise.all(page.map((job) => jobBody(context, job)));
  });

  app.get(`${base}/pipelines/:pipeline_id/jobs`, (request, reply) => {
    const { project } = authorizeProject(context, request, 0);
    const { id } = pipelineOf(context, request, project);
    const { include_retried } = validate(request, { include_retried: flag });
    const all = store.jobs.where(({ pipeline_id }) => pipeline_id === id);
    const jobs = include_retried === true ? all : latestJobs(context, id);
    const page = paginate(request, reply, context.url, inScope(request, jobs.reverse()));
    return Promise.all(page.map((job) => jobBody(context, job)));
  });

  app.get(`${base}/jobs/:job_id`, (request) => {
    const { project } = authorizeProject(context, request, level.reporter);
    return jobBody(context, jobOf(context, request, project));
  });

  app.get(`${base}/jobs/:job_id/trace`, (request, reply) => {
    const { project } = authorizeProject(context, request, level.reporter);
    const { id } = jobOf(context, request, project);
    return reply.type("text/plain; charset=utf-8").send(readTrace(ci.folders, id));
  });

  app.post(`${base}/jobs/:job_id/play`, async (request) => {
    const { project, caller, role } = authorizeMember(context, request, level.developer);
    const job = jobOf(context, request, project);
    if (job.status !== "manual") throw badRequest("Unplayable Job");
    if (!mayDeploy(context, job, caller.user.id, role)) throw forbidden();
    const variables = variableList(request, "job_variables_attributes");
    const played = playJob(context, job, caller.user.id, variables);
    ci.queue.pump();
    return jobBody(context, store.jobs.need(played.id));
  });

  app.post(`${base}/jobs/:job_id/retry`, async (request, reply) => {
    const { project, caller } = authorizeMember(context, request, level.developer);
    const job = jobOf(context, request, project);
    if (job.retried || !["success", "failed", "canceled"].includes(job.status)) throw forbidden("Job is not retryable");
    const again = retryJob(context, job, caller.user.id);
    ci.queue.pump();
    return reply.code(201).send(await jobBody(context, store.jobs.need(again.id)));
  });

  app.post(`${base}/jobs/:job_id/cancel`, async (request, reply) => {
    const { project } = authorizeMember(context, request, level.developer);
    const { id } = jobOf(context, request, project);
    ci.queue.cancel(id);
    ci.proceed(store.jobs.need(id).pipeline_id);
    return reply.code(201).send(await jobBody(context, store.jobs.need(id)));
  });

  app.post(`${base}/jobs/:job_id/erase`, async (request, reply) => {
    const { project } = authorizeMember(context, request, level.maintainer);
    const job = jobOf(context, request, project);
    if (!isDone(job.status) || job.erased_at !== null) throw forbidden("Job is not erasable!");
    eraseFiles(ci.folders, job.id);
    const erased = store.jobs.update(job.id, { erased_at: timestamp(context), has_artifacts: false });
    return reply.code(201).send(await jobBody(context, erased));
  });
}

/** The job of a route; 404 for what is not the project's. */
export function jobOf({ store }: GitLabContext, request: FastifyRequest, project: Project): Job {
  const { job_id } = request.params as { readonly job_id: string };
  const found = store.jobs.get(Number(job_id));
  if (found?.project_id !== project.id) throw notFound();
  return found;
}

function inScope(request: FastifyRequest, jobs: readonly Job[]): Job[] {
  const { scope } = validate(request, { scope: list(oneOf(...scopes)) });
  return jobs.filter(({ status }) => scope === undefined || scope.some((one) => one === status));
}
