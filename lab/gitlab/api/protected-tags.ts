import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorizeProject } from "../auth/access";
import { level } from "../auth/levels";
import type { GitLabContext } from "../context";
import { conflict, recordNotFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { oneOf, parametersOf, required, text, validate } from "../http/validate";
import { entriesBody, newEntries } from "../rules/protection-entries";
import type { ProtectedTag } from "../store/protection";
import { pathParameter } from "./source";

/** Which tags are protected, and who may make them. */
export function protectedTagRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { protectedTags } = context.store;
  const path = "/api/v4/projects/:id/protected_tags";
  const open = (request: FastifyRequest): { id: number; all: ProtectedTag[] } => {
    const { id } = authorizeProject(context, request, level.maintainer).project;
    return { id, all: protectedTags.where(({ project_id }) => project_id === id) };
  };
  const find = (request: FastifyRequest): ProtectedTag => {
    const found = open(request).all.find(({ name }) => name === pathParameter(request, "name"));
    if (found === undefined) throw recordNotFound();
    return found;
  };

  app.get(path, (request, reply) => paginate(request, reply, context.url, open(request).all).map(protectedTagBody));
  app.get(`${path}/:name`, (request) => protectedTagBody(find(request)));

  app.post(path, (request, reply) => {
    const { id, all } = open(request);
    const asked = validate(request, { name: required(text), create_access_level: oneOf(0, 30, 40, 60) });
    if (all.some(({ name }) => name === asked.name)) throw conflict(`Protected tag '${asked.name}' already exists`);
    const allowed = parametersOf(request)["allowed_to_create"];
    const create_access_levels = newEntries(context, allowed, asked.create_access_level);
    const rule = protectedTags.insert({ project_id: id, name: asked.name, create_access_levels });
    return reply.code(201).send(protectedTagBody(rule));
  });

  app.delete(`${path}/:name`, (request, reply) => {
    protectedTags.remove(find(request).id);
    return reply.code(204).send();
  });

  context.events.on("project removed", ({ project_id: id }) => {
    protectedTags.removeWhere(({ project_id }) => project_id === id);
  });
}

function protectedTagBody({ name, create_access_levels }: ProtectedTag): Record<string, unknown> {
  return { name, create_access_levels: entriesBody(create_access_levels) };
}
