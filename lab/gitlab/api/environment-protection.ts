import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorizeMember } from "../auth/access";
import { level } from "../auth/levels";
import type { ProtectedEnvironment } from "../ci/records";
import type { GitLabContext } from "../context";
import { invalid, notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { integer, parametersOf, required, text, validate } from "../http/validate";

/** https://docs.gitlab.com/api/protected_environments/ */
export function environmentProtectionRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { protectedEnvironments } = context.store;
  const base = "/api/v4/projects/:id/protected_environments";
  const one = (request: FastifyRequest): ProtectedEnvironment => {
    const { project } = authorizeMember(context, request, level.maintainer);
    const { name } = request.params as { readonly name: string };
    const found = protectedEnvironments.find((record) => record.project_id === project.id && record.name === name);
    if (found === undefined) throw notFound("Protected Environment");
    return found;
  };

  app.get(base, (request, reply) => {
    const { project } = authorizeMember(context, request, level.maintainer);
    const own = protectedEnvironments.where(({ project_id }) => project_id === project.id);
    return paginate(request, reply, context.url, own).map(protectionBody);
  });

  app.post(base, async (request, reply) => {
    const { project } = authorizeMember(context, request, level.maintainer);
    const { name, required_approval_count } = validate(request, {
      name: required(text),
      required_approval_count: integer,
    });
    if (
      protectedEnvironments.find((record) => record.project_id === project.id && record.name === name) !== undefined
    ) {
      throw invalid({ name: ["has already been taken"] });
    }
    const record = protectedEnvironments.insert({
      project_id: project.id,
      name,
      deploy_access_levels: levelsOf(parametersOf(request)["deploy_access_levels"]),
      required_approval_count: required_approval_count ?? 0,
    });
    return reply.code(201).send(protectionBody(record));
  });

  app.get(`${base}/:name`, (request) => protectionBody(one(request)));

  app.delete(`${base}/:name`, async (request, reply) => {
    protectedEnvironments.remove(one(request).id);
    return reply.code(204).send();
  });
}

function levelsOf(given: unknown): Record<string, unknown>[] {
  const items = typeof given === "object" && given !== null ? Object.values(given as object) : [];
  return (items as Record<string, unknown>[]).map(({ access_level, user_id, group_id }, index) => ({
    id: index + 1,
    access_level: access_level === undefined ? null : Number(access_level),
    access_level_description: Number(access_level) >= level.maintainer ? "Maintainers" : "Developers + Maintainers",
    user_id: user_id === undefined ? null : Number(user_id),
    group_id: group_id === undefined ? null : Number(group_id),
  }));
}

function protectionBody({
  name,
  deploy_access_levels,
  required_approval_count,
}: ProtectedEnvironment): Record<string, unknown> {
  return { name, deploy_access_levels, required_approval_count, approval_rules: [] };
}
