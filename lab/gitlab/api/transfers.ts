import type { FastifyInstance } from "fastify";
import { authorizeGroup, authorizeProject, levelInGroup } from "../auth/access";
import { level } from "../auth/levels";
import { findGroup, lineage } from "../auth/paths";
import { groupDetailBody } from "../bodies/group";
import { projectBody } from "../bodies/project";
import { timestamp, type GitLabContext } from "../context";
import { invalid, notFound } from "../http/errors";
import { integer, required, text, validate } from "../http/validate";
import { projectsBelow } from "../rules/deletion";
import { groupFaults, isFaulty, keepRedirects, projectFaults } from "../rules/names";

/** Moves of projects and groups into another group. */
export function transferRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { store } = context;

  app.put("/api/v4/projects/:id/transfer", (request) => {
    const { project, caller } = authorizeProject(context, request, level.owner);
    const { namespace } = validate(request, { namespace: required(text) });
    const group = /^\d+$/.test(namespace) ? store.groups.get(Number(namespace)) : findGroup(store, namespace);
    if (group === undefined || caller === undefined) throw notFound("Namespace");
    if (levelInGroup(context, group, caller.user) < level.maintainer) throw notFound("Namespace");
    if (isFaulty(projectFaults(store, { ...project, parent: group.id }))) {
      throw invalid("Project with same name or path in target namespace already exists");
    }
    keepRedirects(store, [project]);
    const moved = store.projects.update(project.id, { namespace_id: group.id, updated_at: timestamp(context) });
    return projectBody(context, moved, caller.user);
  });

  app.post("/api/v4/groups/:id/transfer", (request, reply) => {
    const { group, caller } = authorizeGroup(context, request, level.owner);
    const { group_id } = validate(request, { group_id: integer });
    const target = group_id === undefined ? undefined : store.groups.get(group_id);
    const mayMove =
      target === undefined || (caller !== undefined && levelInGroup(context, target, caller.user) >= level.owner);
    if (!mayMove || (group_id !== undefined && target === undefined)) throw notFound("Group");
    const parent = target?.id ?? null;
    if (group.parent_id === parent) throw refused("Group is already associated to the parent group.");
    if (target !== undefined && lineage(store, target).some(({ id }) => id === group.id)) {
      throw refused("Cannot transfer group to one of its subgroup.");
    }
    if (isFaulty(groupFaults(store, { ...group, parent }))) {
      throw refused("The parent group already has a subgroup or a project with the same path.");
    }
    keepRedirects(store, projectsBelow(context, group));
    return reply.code(201).send(groupDetailBody(context, store.groups.update(group.id, { parent_id: parent })));
  });
}

function refused(reason: string): Error {
  return invalid(`Transfer failed: ${reason}`);
}
