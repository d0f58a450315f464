import type { FastifyRequest } from "fastify";
import type { GitLabContext } from "../context";
import { forbidden, notFound, unauthorized } from "../http/errors";
import type { MergeRequest } from "../store/merge-requests";
import { authorizeReading, type CodeAccess } from "./authorize-code";
import type { Caller } from "./caller";

export interface MergeRequestAccess extends CodeAccess {
  readonly request: MergeRequest;
}

/** The merge request of a route's `:id` and `:iid`, for a caller who may read the project's code. */
export function authorizeMergeRequest(context: GitLabContext, request: FastifyRequest): MergeRequestAccess {
  const access = authorizeReading(context, request);
  const iid = Number((request.params as { iid: string }).iid);
  const found = context.store.mergeRequests.find((one) => one.project_id === access.project.id && one.iid === iid);
  if (found === undefined) throw notFound();
  return { ...access, request: found };
}

/** The same for a caller who has logged in and has at least a role there. */
export function authorizeMergeRequestMember(
  context: GitLabContext,
  request: FastifyRequest,
  need: number,
): MergeRequestAccess & { readonly caller: Caller } {
  const { caller, ...access } = authorizeMergeRequest(context, request);
  if (caller === undefined) throw unauthorized();
  if (access.role < need) throw forbidden();
  return { caller, ...access };
}
