import type { GitLabContext } from "../context";
import type { User } from "../store/people";

/** What is told of a user wherever one is named: authors, owners, members. */
export function basicUserBody({ url }: Pick<GitLabContext, "url">, user: User): Record<string, unknown> {
  return {
    id: user.id,
    username: user.username,
    public_email: null,
    name: user.name,
    state: user.state,
    locked: false,
    avatar_url: null,
    web_url: `${url}/${user.username}`,
  };
}

/** A user as others see them. */
export function publicUserBody(context: Pick<GitLabContext, "url">, user: User): Record<string, unknown> {
  return {
    ...basicUserBody(context, user),
    created_at: user.created_at,
    bio: "",
    location: "",
    linkedin: "",
    twitter: "",
    discord: "",
    website_url: "",
    github: "",
    job_title: "",
    pronouns: null,
    organization: "",
    bot: user.bot,
    work_information: null,
    local_time: null,
  };
}

/** A user as they see themselves. */
export function ownUserBody(context: Pick<GitLabContext, "url">, user: User): Record<string, unknown> {
  return {
    ...publicUserBody(context, user),
    last_sign_in_at: null,
    confirmed_at: user.created_at,
    last_activity_on: user.last_activity_on,
    email: user.email,
    theme_id: 3,
    color_scheme_id: 1,
    projects_limit: user.projects_limit,
    current_sign_in_at: null,
    identities: [],
    can_create_group: user.can_create_group,
    can_create_project: user.projects_limit > 0,
    two_factor_enabled: false,
    external: user.external,
    private_profile: false,
    commit_email: user.email,
    preferred_language: "en",
    ...(user.admin && { is_admin: true, note: null }),
  };
}

/** A user as administrators see them. */
export function adminUserBody(context: Pick<GitLabContext, "url">, user: User): Record<string, unknown> {
  return {
    ...ownUserBody(context, user),
    is_admin: user.admin,
    note: null,
    namespace_id: user.namespace_id,
    created_by: null,
    email_reset_offered_at: null,
    using_license_seat: false,
  };
}
