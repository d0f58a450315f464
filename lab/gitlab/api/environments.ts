import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorizeMember, authorizeProject } from "../auth/access";
import { level } from "../auth/levels";
import { ensureEnvironment } from "../ci/deployments";
import type { Environment } from "../ci/records";
import { timestamp, type GitLabContext } from "../context";
import { forbidden, invalid, notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { oneOf, required, text, validate } from "../http/validate";
import type { Project } from "../store/places";
import { jobBody } from "./pipeline-bodies";

/** https://docs.gitlab.com/api/environments/ */
export function environmentRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { environments, jobs } = context.store;
  const base = "/api/v4/projects/:id/environments";
  const tiers = oneOf("production", "staging", "testing", "development", "other");

  app.get(base, (request, reply) => {
    const { project } = authorizeProject(context, request, level.reporter);
    const asked = validate(request, { name: text, search: text, states: oneOf("available", "stopped") });
    const found = environments.where(
      ({ project_id, name, state }) =>
        project_id === project.id &&
        (asked.name === undefined || name === asked.name) &&
        (asked.search === undefined || name.includes(asked.search)) &&
        (asked.states === undefined || state === asked.states),
    );
    return paginate(request, reply, context.url, found).map((one) => environmentBody(one));
  });

  app.post(base, async (request, reply) => {
    const { project } = authorizeMember(context, request, level.developer);
    const { name, external_url, tier } = validate(request, { name: required(text), external_url: text, tier: tiers });
    const isTaken = environments.find((one) => one.project_id === project.id && one.name === name) !== undefined;
    if (isTaken) throw invalid({ name: ["has already been taken"] });
    if (!/^[\w/ ${}().-]{1,255}$/.test(name)) {
      throw invalid({ name: ["can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', and spaces"] });
    }
    const { id } = ensureEnvironment(context, project.id, name);
    return reply.code(201).send(environmentBody(environments.update(id, { external_url, tier })));
  });

  app.get(`${base}/:environment_id`, async (request) => {
    const { project } = authorizeProject(context, request, level.reporter);
    const found = environmentOf(context, request, project);
    const job = found.last_job_id === null ? undefined : jobs.get(found.last_job_id);
    if (job === undefined) return { ...environmentBody(found), last_deployment: null };
    const pipeline = context.store.pipelines.need(job.pipeline_id);
    const { finished_at: created_at } = job;
    const { ref, sha } = pipeline;
    const deployable = await jobBody(context, job);
    const last_deployment = { id: job.id, iid: job.id, ref, sha, created_at, status: "success", deployable };
    return { ...environmentBody(found), last_deployment };
  });

  app.put(`${base}/:environment_id`, (request) => {
    const { project } = authorizeMember(context, request, level.developer);
    const { id } = environmentOf(context, request, project);
    const changes = validate(request, { external_url: text, tier: tiers });
    return environmentBody(environments.update(id, { ...changes, updated_at: timestamp(context) }));
  });

  app.post(`${base}/:environment_id/stop`, (request) => {
    const { project } = authorizeMember(context, request, level.developer);
    const { id } = environmentOf(context, request, project);
    return environmentBody(environments.update(id, { state: "stopped", updated_at: timestamp(context) }));
  });

  app.delete(`${base}/:environment_id`, async (request, reply) => {
    const { project } = authorizeMember(context, request, level.developer);
    const { id, state } = environmentOf(context, request, project);
    if (state !== "stopped") throw forbidden();
    environments.remove(id);
    return reply.code(204).send();
  });
}

function environmentOf({ store }: GitLabContext, request: FastifyRequest, project: Project): Environment {
  const { environment_id } = request.params as { readonly environment_id: string };
  const found = store.environments.get(Number(environment_id));
  if (found?.project_id !== project.id) throw notFound();
  return found;
}

function environmentBody(environment: Environment): Record<string, unknown> {
  const { id, name, slug, external_url, state, tier, created_at, updated_at } = environment;
  return { id, name, slug, external_url, created_at, updated_at, state, tier, auto_stop_at: null, description: null };
}
