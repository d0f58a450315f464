import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorizeProject } from "../auth/access";
import { level } from "../auth/levels";
import type { GitLabContext } from "../context";
import { conflict, recordNotFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { flag, oneOf, parametersOf, required, text, validate } from "../http/validate";
import { changeEntries, entriesBody, newEntries } from "../rules/protection-entries";
import type { ProtectedBranch } from "../store/protection";
import { pathParameter } from "./source";

const roles = oneOf(0, 30, 40, 60);

/** Which branches are protected, and from whom. */
export function protectedBranchRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { protectedBranches } = context.store;
  const path = "/api/v4/projects/:id/protected_branches";
  const open = (request: FastifyRequest): { id: number; all: ProtectedBranch[] } => {
    const { id } = authorizeProject(context, request, level.maintainer).project;
    return { id, all: protectedBranches.where(({ project_id }) => project_id === id) };
  };
  const find = (request: FastifyRequest): ProtectedBranch => {
    const found = open(request).all.find(({ name }) => name === pathParameter(request, "name"));
    if (found === undefined) throw recordNotFound();
    return found;
  };

  app.get(path, (request, reply) => {
    const { search } = validate(request, { search: text });
    const found = open(request).all.filter(({ name }) => search === undefined || name.includes(search));
    return paginate(request, reply, context.url, found).map(protectedBranchBody);
  });

  app.get(`${path}/:name`, (request) => protectedBranchBody(find(request)));

  app.post(path, (request, reply) => {
    const { id, all } = open(request);
    const asked = validate(request, {
      name: required(text),
      push_access_level: roles,
      merge_access_level: roles,
      unprotect_access_level: roles,
      allow_force_push: flag,
      code_owner_approval_required: flag,
    });
    if (all.some(({ name }) => name === asked.name)) throw conflict(`Protected branch '${asked.name}' already exists`);
    const lists = parametersOf(request);
    const rule = protectedBranches.insert({
      project_id: id,
      name: asked.name,
      push_access_levels: newEntries(context, lists["allowed_to_push"], asked.push_access_level),
      merge_access_levels: newEntries(context, lists["allowed_to_merge"], asked.merge_access_level),
      unprotect_access_levels:
        lists["allowed_to_unprotect"] === undefined && asked.unprotect_access_level === undefined
          ? []
          : newEntries(context, lists["allowed_to_unprotect"], asked.unprotect_access_level),
      allow_force_push: asked.allow_force_push ?? false,
      code_owner_approval_required: asked.code_owner_approval_required ?? false,
    });
    return reply.code(201).send(protectedBranchBody(rule));
  });

  app.patch(`${path}/:name`, (request) => {
    const rule = find(request);
    const asked = validate(request, { allow_force_push: flag, code_owner_approval_required: flag });
    const lists = parametersOf(request);
    const changed = protectedBranches.update(rule.id, {
      ...asked,
      push_access_levels: changeEntries(context, rule.push_access_levels, lists["allowed_to_push"]),
      merge_access_levels: changeEntries(context, rule.merge_access_levels, lists["allowed_to_merge"]),
      unprotect_access_levels: changeEntries(context, rule.unprotect_access_levels, lists["allowed_to_unprotect"]),
    });
    return protectedBranchBody(changed);
  });

  app.delete(`${path}/:name`, (request, reply) => {
    protectedBranches.remove(find(request).id);
    return reply.code(204).send();
  });

  context.events.on("project removed", ({ project_id: id }) => {
    protectedBranches.removeWhere(({ project_id }) => project_id === id);
  });
}

function protectedBranchBody(rule: ProtectedBranch): Record<string, unknown> {
  return {
    id: rule.id,
    name: rule.name,
    push_access_levels: entriesBody(rule.push_access_levels),
    merge_access_levels: entriesBody(rule.merge_access_levels),
    allow_force_push: rule.allow_force_push,
    unprotect_access_levels: entriesBody(rule.unprotect_access_levels),
    code_owner_approval_required: rule.code_owner_approval_required,
    inherited: false,
  };
}
