import type { FastifyRequest } from "fastify";
import { day, type GitLabContext } from "../context";
import { ApiError, forbidden, notFound, unauthorized } from "../http/errors";
import type { Member, User } from "../store/people";
import type { Group, Project, Visibility } from "../store/places";
import { type Caller, callerOf } from "./caller";
import { level } from "./levels";
import { findGroup, findMovedProject, findProject, groupOfProject, lineage } from "./paths";

/** The memberships that count for a group, its own and those of the groups above it; what has expired does not count. */
export function membersOfGroup({ store, ...context }: GitLabContext, group: Group): Member[] {
  const ids = new Set(lineage(store, group).map(({ id }) => id));
  const today = day(context);
  return store.members.where(
    (member) => member.source_type === "group" && ids.has(member.source_id) && isGood(member, today),
  );
}

/** The memberships that count for a project, its own and those of the groups that it is in. */
export function membersOfProject(context: GitLabContext, project: Project): Member[] {
  const group = groupOfProject(context.store, project);
  const today = day(context);
  const own = context.store.members.where(
    (member) => member.source_type === "project" && member.source_id === project.id && isGood(member, today),
  );
  return group === undefined ? own : [...membersOfGroup(context, group), ...own];
}

function isGood({ expires_at }: Member, today: string): boolean {
  return expires_at === null || expires_at > today;
}

/** The highest role of a user there; 0 for none. An administrator counts as an owner. */
export function levelInGroup(context: GitLabContext, group: Group, user: User): number {
  return user.admin ? level.owner : highest(membersOfGroup(context, group), user);
}

export function levelInProject(context: GitLabContext, project: Project, user: User): number {
  // Everybody owns what is in their own namespace.
  if (user.admin || project.namespace_id === user.namespace_id) return level.owner;
  return highest(membersOfProject(context, project), user);
}

function highest(members: readonly Member[], user: User): number {
  return Math.max(0, ...members.filter(({ user_id }) => user_id === user.id).map(({ access_level }) => access_level));
}

/** Whether somebody sees a project or a group at all. */
export function isVisible(visibility: Visibility, user: User | undefined, role: number): boolean {
  if (role > 0 || visibility === "public") return true;
  return visibility === "internal" && user !== undefined && !user.external;
}

/** Whether somebody may see a group: also as a member of something in it. */
export function seesGroup(context: GitLabContext, group: Group, user: User | undefined): boolean {
  const { store } = context;
  const role = user === undefined ? 0 : levelInGroup(context, group, user);
  if (isVisible(group.visibility, user, role)) return true;
  if (user === undefined) return false;
  return store.members
    .where(({ user_id }) => user_id === user.id)
    .some((member) => {
      const project = member.source_type === "project" ? store.projects.get(member.source_id) : undefined;
      const inside = project === undefined ? store.groups.get(member.source_id) : groupOfProject(store, project);
      return inside !== undefined && lineage(store, inside).some(({ id }) => id === group.id);
    });
}

/** Whether somebody may see a project. */
export function seesProject(context: GitLabContext, project: Project, user: User | undefined): boolean {
  return isVisible(project.visibility, user, user === undefined ? 0 : levelInProject(context, project, user));
}

/** Whether a group or one above it is to be deleted: nothing is made in it any more. */
export function isLeaving({ store }: Pick<GitLabContext, "store">, group: Group): boolean {
  return lineage(store, group).some(({ marked_for_deletion_on: marked }) => marked !== null);
}

export interface ProjectAccess {
  readonly caller: Caller | undefined;
  readonly project: Project;
  /** The caller's role there; 0 for none. */
  readonly role: number;
}

/**
 * The project of a route's `:id` for a caller who has at least a role there. 404 for what the caller does not see, 403
 * where the role does not do, 401 where nobody has logged in and the project is not public.
 * @param need a role of levels.ts; 0 for who may see it
 */
export function authorizeProject(
  context: GitLabContext,
  request: FastifyRequest,
  need: number,
  scopes?: readonly string[],
): ProjectAccess {
  const caller = callerOf(context, request, scopes);
  const project = projectOfRequest(context, request) ?? movedProject(context, request, caller);
  const role = caller === undefined || project === undefined ? 0 : roleIn(context, project, caller);
  if (caller === undefined && (project === undefined || need > 0 || project.visibility !== "public")) {
    throw need > 0 ? unauthorized() : notFound("Project");
  }
  if (project === undefined || !isVisible(project.visibility, caller?.user, role)) throw notFound("Project");
  if (role < need) throw forbidden();
  return { caller, project, role };
}

/** As `authorizeProject`, where somebody has to have logged in; 401 otherwise. */
export function authorizeMember(
  context: GitLabContext,
  request: FastifyRequest,
  need: number,
): ProjectAccess & { readonly caller: Caller } {
  const { caller, ...rest } = authorizeProject(context, request, need);
  if (caller === undefined) throw unauthorized();
  return { caller, ...rest };
}

export interface GroupAccess {
  readonly caller: Caller | undefined;
  readonly group: Group;
  readonly role: number;
}

/** The group of a route's `:id`, with the answers of `authorizeProject`. */
export function authorizeGroup(context: GitLabContext, request: FastifyRequest, need: number): GroupAccess {
  const caller = callerOf(context, request);
  const id = idOf(request);
  const group = /^\d+$/.test(id) ? context.store.groups.get(Number(id)) : findGroup(context.store, id);
  if (caller === undefined && need > 0) throw unauthorized();
  if (group === undefined || !seesGroup(context, group, caller?.user)) throw notFound("Group");
  const role = caller === undefined ? 0 : levelInGroup(context, group, caller.user);
  if (role < need) throw forbidden();
  return { caller, group, role };
}

function projectOfRequest({ store }: GitLabContext, request: FastifyRequest): Project | undefined {
  const id = idOf(request);
  return /^\d+$/.test(id) ? store.projects.get(Number(id)) : findProject(store, id);
}

/** As GitLab does, sends readers of a path that a project had on to the project, and nobody else. */
function movedProject(context: GitLabContext, request: FastifyRequest, caller: Caller | undefined): undefined {
  const id = idOf(request);
  const project = findMovedProject(context.store, id);
  if (project === undefined || !seesProject(context, project, caller?.user)) return undefined;
  if (request.method !== "GET")
    throw new ApiError(405, { message: "Non GET methods are not allowed for moved projects" });
  const location = context.url + request.url.replace(encodeURIComponent(id), String(project.id));
  throw new ApiError(301, `This resource has been moved permanently to ${location}`, { location });
}

/** A job's token reads its own project and no other that is not public. */
function roleIn(context: GitLabContext, project: Project, { user, token }: Caller): number {
  if (token.kind === "job" && token.project_id !== project.id) return 0;
  return levelInProject(context, project, user);
}

function idOf(request: FastifyRequest): string {
  return String((request.params as Record<string, unknown>)["id"]);
}
