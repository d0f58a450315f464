import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorizeGroup, authorizeProject } from "../auth/access";
import { authenticateAdmin } from "../auth/caller";
import type { GitLabContext } from "../context";
import { notFound, recordNotFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { required, text, validate } from "../http/validate";
import { attributesOf } from "../rules/search";
import type { CustomAttribute } from "../store/attributes";

type SourceType = CustomAttribute["source_type"];

/** Custom attributes of users, groups and projects: for administrators alone. */
export function customAttributeRoutes(app: FastifyInstance, context: GitLabContext): void {
  addRoutes(app, context, "user", (request) => {
    const user = context.store.users.get(Number((request.params as { id: string }).id));
    if (user === undefined) throw notFound("User");
    return user.id;
  });
  addRoutes(app, context, "group", (request) => authorizeGroup(context, request, 0).group.id);
  addRoutes(app, context, "project", (request) => authorizeProject(context, request, 0).project.id);
}

function addRoutes(
  app: FastifyInstance,
  context: GitLabContext,
  type: SourceType,
  sourceOf: (request: FastifyRequest) => number,
): void {
  const { customAttributes } = context.store;
  const path = `/api/v4/${type}s/:id/custom_attributes`;
  const keyOf = (request: FastifyRequest): string => (request.params as { key: string }).key;
  /** The source's attributes, for an administrator. */
  const open = (request: FastifyRequest): { readonly id: number; readonly all: CustomAttribute[] } => {
    authenticateAdmin(context, request);
    const id = sourceOf(request);
    return { id, all: attributesOf(context, type, id) };
  };
  const find = (request: FastifyRequest): CustomAttribute => {
    const found = open(request).all.find(({ key }) => key === keyOf(request));
    if (found === undefined) throw recordNotFound();
    return found;
  };

  app.get(path, (request, reply) => paginate(request, reply, context.url, open(request).all).map(attributeBody));

  app.get(`${path}/:key`, (request) => attributeBody(find(request)));

  app.put(`${path}/:key`, (request) => {
    const { id, all } = open(request);
    const { value } = validate(request, { value: required(text) });
    const known = all.find(({ key }) => key === keyOf(request));
    return attributeBody(
      known === undefined
        ? customAttributes.insert({ source_type: type, source_id: id, key: keyOf(request), value })
        : customAttributes.update(known.id, { value }),
    );
  });

  app.delete(`${path}/:key`, (request, reply) => {
    customAttributes.remove(find(request).id);
    return reply.code(204).send();
  });

  if (type === "user") return;
  context.events.on(`${type} removed`, (removed: { group_id?: number; project_id?: number }) => {
    const id = removed.group_id ?? removed.project_id;
    customAttributes.removeWhere((one) => one.source_type === type && one.source_id === id);
  });
}

/** An attribute as it is told. */
export function attributeBody({ key, value }: CustomAttribute): { readonly key: string; readonly value: string } {
  return { key, value };
}
