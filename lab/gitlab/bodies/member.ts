import type { GitLabContext } from "../context";
import type { Member } from "../store/people";
import { basicUserBody } from "./user";

/** A membership, with the user whose it is. */
export function memberBody(context: GitLabContext, member: Member): Record<string, unknown> {
  const { store } = context;
  const by = member.created_by_id === null ? undefined : store.users.get(member.created_by_id);
  return {
    ...basicUserBody(context, store.users.need(member.user_id)),
    access_level: member.access_level,
    created_at: member.created_at,
    ...(by !== undefined && { created_by: basicUserBody(context, by) }),
    expires_at: member.expires_at,
    membership_state: "active",
  };
}
