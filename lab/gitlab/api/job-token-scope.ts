import type { FastifyInstance } from "fastify";
import { authorizeMember } from "../auth/access";
import { level } from "../auth/levels";
import type { GitLabContext } from "../context";
import { paginate } from "../http/paginate";
import { flag, required, validate } from "../http/validate";

/**
 * https://docs.gitlab.com/api/project_job_token_scopes/: whose jobs may come in. Told as set; in the double a job's token
 * reaches its own project and what is public.
 */
export function jobTokenScopeRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { projects } = context.store;
  const base = "/api/v4/projects/:id/job_token_scope";

  app.get(base, (request) => {
    const { project } = authorizeMember(context, request, level.maintainer);
    return { inbound_enabled: project.settings["inbound_job_token_scope"] !== false, outbound_enabled: false };
  });

  app.patch(base, async (request, reply) => {
    const { project } = authorizeMember(context, request, level.maintainer);
    const { enabled } = validate(request, { enabled: required(flag) });
    projects.update(project.id, { settings: { ...project.settings, inbound_job_token_scope: enabled } });
    return reply.code(204).send();
  });

  app.get(`${base}/allowlist`, (request, reply) => {
    const { project } = authorizeMember(context, request, level.maintainer);
    return paginate(request, reply, context.url, [project]).map(({ id, name, path }) => ({ id, name, path }));
  });
}
