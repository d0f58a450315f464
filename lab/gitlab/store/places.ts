import type { Identified } from "./table";

export type Visibility = "private" | "internal" | "public";

/** Fields as in GitLab's API. Full paths follow from `parent_id`: see auth/paths.ts. */
export interface Group extends Identified {
  readonly name: string;
  readonly path: string;
  readonly parent_id: number | null;
  readonly description: string;
  readonly visibility: Visibility;
  readonly created_at: string;
  /** `2026-12-31`: the day on which its deletion was scheduled; null when it is not. */
  readonly marked_for_deletion_on: string | null;
  /** The names from before the deletion was scheduled, for a restore. */
  readonly before_deletion: { readonly name: string; readonly path: string } | null;
  /** What GitLab keeps and the double only tells again: project_creation_level, lfs_enabled, … */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface Project extends Identified {
  readonly name: string;
  readonly path: string;
  /** A group's id or that of a user's namespace. */
  readonly namespace_id: number;
  readonly creator_id: number;
  readonly description: string | null;
  readonly visibility: Visibility;
  readonly archived: boolean;
  /** Absent in the answers as long as the repository is empty. */
  readonly default_branch: string;
  /** The path of the CI file; null or "" means `.gitlab-ci.yml`. */
  readonly ci_config_path: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly last_activity_at: string;
  readonly marked_for_deletion_on: string | null;
  readonly before_deletion: { readonly name: string; readonly path: string } | null;
  /** The token by which runners register. */
  readonly runners_token: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A full path that a project had: it leads to the new one as long as nothing else takes it. */
export interface Redirect extends Identified {
  readonly path: string;
  readonly project_id: number;
}
