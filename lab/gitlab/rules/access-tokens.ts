import { issueToken } from "../auth/issue-token";
import { day, type GitLabContext } from "../context";
import { badRequest } from "../http/errors";
import type { AccessToken } from "../store/people";

/** What group and project access tokens may do. */
export const botScopes = [
  "api",
  "read_api",
  "read_repository",
  "write_repository",
  "read_registry",
  "write_registry",
  "create_runner",
  "manage_runner",
  "k8s_proxy",
  "self_rotate",
  "ai_features",
] as const;

/** The same of personal ones. */
export const personalScopes = [...botScopes, "read_user", "sudo", "admin_mode", "read_service_ping"] as const;

/** GitLab lets no token live longer, in days; it is also how long one lives of which nothing is said. */
const longest = 365;
/** A token that takes the place of another one lives this long when nothing is said. */
const afterRotation = 7;

/** The day from which on a new token is not good any more. Throws GitLab's 400 for one that it does not take. */
export function expiryOf(context: GitLabContext, asked: string | null | undefined): string {
  const last = day(context, longest);
  if (asked === undefined || asked === null) return last;
  if (asked > last) throw badRequest(`Expiration date must be before ${last}`);
  if (asked < day(context)) throw badRequest("Expiration date can't be in the past");
  return asked;
}

export function isActive(context: GitLabContext, { revoked, expires_at }: AccessToken): boolean {
  return !revoked && (expires_at === null || expires_at > day(context));
}

/**
 * Revokes a token and makes one that is the same otherwise. A token that was revoked already may have been stolen:
 * then all that came after it are revoked, and the answer is 400.
 */
export function rotateToken(
  context: GitLabContext,
  token: AccessToken,
  expires_at: string | null | undefined,
): { readonly record: AccessToken; readonly text: string } {
  const { accessTokens } = context.store;
  if (token.revoked) {
    for (let next = successorOf(context, token); next !== undefined; next = successorOf(context, next)) {
      accessTokens.update(next.id, { revoked: true });
    }
    throw badRequest("token already revoked");
  }
  const expiry = expiryOf(context, expires_at ?? day(context, afterRotation));
  accessTokens.update(token.id, { revoked: true });
  const { kind, user_id, name, description, scopes, access_level, group_id, project_id } = token;
  return issueToken(context, {
    kind,
    user_id,
    name,
    description,
    scopes,
    access_level,
    group_id,
    project_id,
    expires_at: expiry,
    previous_id: token.id,
  });
}

function successorOf({ store }: GitLabContext, { id }: AccessToken): AccessToken | undefined {
  return store.accessTokens.find(({ previous_id }) => previous_id === id);
}

/** A token as it is told; its text is told only when it is made. */
export function accessTokenBody(context: GitLabContext, token: AccessToken): Record<string, unknown> {
  return {
    id: token.id,
    name: token.name,
    revoked: token.revoked,
    created_at: token.created_at,
    description: token.description,
    scopes: token.scopes,
    user_id: token.user_id,
    last_used_at: token.last_used_at,
    active: isActive(context, token),
    expires_at: token.expires_at,
    ...(token.access_level !== null && {
      access_level: token.access_level,
      resource_type: token.kind,
      resource_id: token.group_id ?? token.project_id,
    }),
  };
}
