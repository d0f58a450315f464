import { timestamp, type GitLabContext } from "../context";
import type { AccessToken } from "../store/people";
import { digestOf, newToken } from "./token-text";

/** What a new token is to be; what is left out is null. */
export type NewToken = Pick<AccessToken, "kind" | "user_id" | "name" | "scopes"> &
  Partial<
    Pick<
      AccessToken,
      "description" | "expires_at" | "access_level" | "group_id" | "project_id" | "job_id" | "previous_id"
    >
  >;

/** Makes a token. Its text is told this once; afterwards only its digest is known. */
export function issueToken(
  context: GitLabContext,
  token: NewToken,
): { readonly record: AccessToken; readonly text: string } {
  const text = newToken(token.kind);
  const record = context.store.accessTokens.insert({
    description: null,
    expires_at: null,
    access_level: null,
    group_id: null,
    project_id: null,
    job_id: null,
    previous_id: null,
    ...token,
    digest: digestOf(text),
    revoked: false,
    created_at: timestamp(context),
    last_used_at: null,
  });
  return { record, text };
}
