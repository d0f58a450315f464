import type { Identified } from "./table";

/** Who acts: a person, or the bot of a group or project access token. Fields as in GitLab's API. */
export interface User extends Identified {
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly state: "active" | "blocked" | "deactivated";
  readonly admin: boolean;
  /** Of a group or project access token. */
  readonly bot: boolean;
  readonly external: boolean;
  readonly can_create_group: boolean;
  readonly projects_limit: number;
  /** The user's own namespace; from the sequence of groups. */
  readonly namespace_id: number;
  readonly created_at: string;
  /** scrypt, as `salt:hash` in hexadecimal digits; null for who has no way in by password. */
  readonly password_digest: string | null;
  readonly last_activity_on: string | null;
}

/** Membership in a group or a project: direct, never inherited. */
export interface Member extends Identified {
  readonly source_type: "group" | "project";
  readonly source_id: number;
  readonly user_id: number;
  readonly access_level: number;
  /** `2026-12-31` */
  readonly expires_at: string | null;
  readonly created_at: string;
  readonly created_by_id: number | null;
}

/**
 * A token by which somebody acts as a user: personal, of a group or a project (the user is then their bot), or of a CI
 * job. Only the digest of its text is kept.
 */
export interface AccessToken extends Identified {
  readonly kind: "personal" | "group" | "project" | "job";
  /** SHA-256 of the token, hexadecimal. */
  readonly digest: string;
  readonly user_id: number;
  readonly name: string;
  readonly description: string | null;
  readonly scopes: readonly string[];
  readonly revoked: boolean;
  readonly created_at: string;
  readonly last_used_at: string | null;
  /** The first day on which it is not good any more: `2026-12-31`; null for never. */
  readonly expires_at: string | null;
  /** Of a group or project access token: the role of its bot, and where. */
  readonly access_level: number | null;
  readonly group_id: number | null;
  /** Also the project of a job's token. */
  readonly project_id: number | null;
  readonly job_id: number | null;
  /** The token that this one replaced: using a replaced token again revokes all of the family. */
  readonly previous_id: number | null;
}
