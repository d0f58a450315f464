import type { FastifyRequest } from "fastify";
import { day, type GitLabContext } from "../context";
import { ApiError, forbidden, unauthorized } from "../http/errors";
import type { AccessToken, User } from "../store/people";
import { digestOf } from "./token-text";

/** Who makes a request, and by which token. */
export interface Caller {
  readonly user: User;
  readonly token: AccessToken;
  /** An administrator, by a token that lets administrators act. */
  readonly isAdmin: boolean;
}

/** Why a token that is there does not count. */
export type TokenFault = "unknown" | "revoked" | "expired" | "blocked";

/** The caller of a token's text, or why there is none. */
export function callerOfToken(context: GitLabContext, text: string): Caller | TokenFault {
  const { store } = context;
  const digest = digestOf(text);
  const token = store.accessTokens.find((one) => one.digest === digest);
  if (token === undefined) return "unknown";
  if (token.revoked) return "revoked";
  if (token.expires_at !== null && token.expires_at <= day(context)) return "expired";
  const user = store.users.get(token.user_id);
  if (user === undefined) return "unknown";
  if (user.state !== "active") return "blocked";
  return { user, token, isAdmin: user.admin && token.kind !== "job" };
}

/** The token that a request shows: PRIVATE-TOKEN, `Authorization: Bearer`, JOB-TOKEN, `private_token` or `job_token`. */
function shownToken(request: FastifyRequest): string | undefined {
  const { headers } = request;
  const header = (name: string): string | undefined => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const bearer = /^bearer\s+(.+)$/i.exec(headers.authorization ?? "")?.[1];
  const query = new URL(request.url, "http://gitlab").searchParams;
  const parameter = query.get("private_token") ?? query.get("access_token") ?? query.get("job_token") ?? undefined;
  return header("private-token") ?? bearer ?? header("job-token") ?? parameter;
}

/**
 * Who makes a request; absent when it shows no token. Throws what GitLab answers to a token that is not good, or whose
 * scopes do not cover the request: `api` for everything, `read_api` for GET and HEAD.
 * @param scopes further scopes that would do for this route
 */
export function callerOf(
  context: GitLabContext,
  request: FastifyRequest,
  scopes: readonly string[] = [],
): Caller | undefined {
  const shown = shownToken(request);
  if (shown === undefined || shown === "") return undefined;
  const caller = callerOfToken(context, shown);
  if (caller === "revoked") throw invalidToken("Token was revoked. You have to re-authorize from the user.");
  if (caller === "expired")
    throw invalidToken("Token is expired. You can either do re-authorization or token refresh.");
  if (caller === "blocked") throw forbidden("Your account has been blocked.");
  if (caller === "unknown") throw unauthorized();
  const reads = request.method === "GET" || request.method === "HEAD";
  const enough = ["api", ...(reads ? ["read_api"] : []), ...scopes];
  if (!caller.token.scopes.some((scope) => enough.includes(scope))) {
    // Where a job's token is not meant to be used, GitLab does not look at it.
    if (caller.token.kind === "job") return undefined;
    throw insufficientScope(enough);
  }
  noteUse(context, caller.token);
  return caller;
}

/** The caller of a request for which one has to be known: 401 without a token. */
export function authenticate(context: GitLabContext, request: FastifyRequest, scopes?: readonly string[]): Caller {
  const caller = callerOf(context, request, scopes);
  if (caller === undefined) throw unauthorized();
  return caller;
}

/** The caller of a request that only administrators may make: 403 for others. */
export function authenticateAdmin(context: GitLabContext, request: FastifyRequest): Caller {
  const caller = authenticate(context, request);
  if (!caller.isAdmin) throw forbidden();
  return caller;
}

/** As GitLab does, not at each use: once in a while. */
function noteUse(context: GitLabContext, { id, last_used_at }: AccessToken): void {
  const now = context.now();
  if (last_used_at !== null && now.getTime() - Date.parse(last_used_at) < 600_000) return;
  context.store.accessTokens.update(id, { last_used_at: now.toISOString() });
}

function invalidToken(error_description: string): ApiError {
  return new ApiError(401, { error: "invalid_token", error_description });
}

function insufficientScope(scopes: readonly string[]): ApiError {
  return new ApiError(403, {
    error: "insufficient_scope",
    error_description: "The request requires higher privileges than provided by the access token.",
    scope: scopes.join(" "),
  });
}
