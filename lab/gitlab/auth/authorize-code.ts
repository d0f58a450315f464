import type { FastifyRequest } from "fastify";
import type { GitLabContext } from "../context";
import type { Repository } from "../git/repository";
import { openRepository } from "../git/open-repository";
import { forbidden } from "../http/errors";
import type { Project } from "../store/places";
import { authorizeMember, authorizeProject, type ProjectAccess } from "./access";
import type { Caller } from "./caller";
import { level } from "./levels";

/** Whether a role reads the code of a project: a private one only from reporter on. */
export function readsCode(project: Project, role: number): boolean {
  return role >= level.reporter || project.visibility !== "private";
}

/** Whether a role may push at all: from developer on, unless nothing may be changed any more. */
export function pushesCode(project: Project, role: number): boolean {
  return role >= level.developer && !isReadOnly(project);
}

/** An archived project, and one that is to be deleted, stay as they are. */
function isReadOnly({ archived, marked_for_deletion_on }: Project): boolean {
  return archived || marked_for_deletion_on !== null;
}

export interface CodeAccess extends ProjectAccess {
  readonly repository: Repository;
}

/** The project of a route's `:id` for a caller who may read its code; 403 for others who see the project. */
export function authorizeReading(context: GitLabContext, request: FastifyRequest): CodeAccess {
  const access = authorizeProject(context, request, 0, ["read_repository"]);
  if (!readsCode(access.project, access.role)) throw forbidden();
  return { ...access, repository: openRepository(context, access.project) };
}

/** The same for a caller who may push some branch. */
export function authorizePushing(
  context: GitLabContext,
  request: FastifyRequest,
): CodeAccess & { readonly caller: Caller } {
  const access = authorizeMember(context, request, level.developer);
  if (!pushesCode(access.project, access.role)) throw forbidden();
  return { ...access, repository: openRepository(context, access.project) };
}
