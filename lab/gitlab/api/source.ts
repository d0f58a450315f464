import type { FastifyRequest } from "fastify";
import { authorizeGroup, authorizeProject } from "../auth/access";
import { authenticate, type Caller } from "../auth/caller";
import type { GitLabContext } from "../context";

/** A group or a project: many areas are the same for both. */
export interface Source {
  readonly type: "group" | "project";
  readonly id: number;
  readonly caller: Caller;
  /** The caller's role there. */
  readonly role: number;
}

/** The roles that something needs. */
export interface Need {
  readonly group: number;
  readonly project: number;
}

export const sourceTypes = ["group", "project"] as const;

/** The group or project of a route below `/groups/:id` or `/projects/:id`, for a caller with the role that is needed. */
export function authorizeSource(
  context: GitLabContext,
  request: FastifyRequest,
  type: Source["type"],
  need: Need,
): Source {
  const caller = authenticate(context, request);
  if (type === "group") {
    const { group, role } = authorizeGroup(context, request, need.group);
    return { type, id: group.id, caller, role };
  }
  const { project, role } = authorizeProject(context, request, need.project);
  return { type, id: project.id, caller, role };
}

/** A parameter of the path. */
export function pathParameter(request: FastifyRequest, name: string): string {
  return String((request.params as Record<string, unknown>)[name]);
}

/** Whether a record is of a group or a project. */
export function isOf(
  source: Pick<Source, "type" | "id">,
): (record: { readonly source_type: string; readonly source_id: number }) => boolean {
  return (record) => record.source_type === source.type && record.source_id === source.id;
}

/** Has something done with what a group or project leaves behind when it is removed for good. */
export function onRemoval(context: GitLabContext, forget: (source: Pick<Source, "type" | "id">) => void): void {
  context.events.on("group removed", ({ group_id: id }) => {
    forget({ type: "group", id });
  });
  context.events.on("project removed", ({ project_id: id }) => {
    forget({ type: "project", id });
  });
}
