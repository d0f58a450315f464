import type { Identified } from "./table";

/** One entry of who may do something: a role and above, or a user or a group alone. Fields as in GitLab's API. */
export interface AccessEntry {
  /** Counts up over all entries of a rule's kind. */
  readonly id: number;
  /** 0 for nobody, 30, 40, 60 for administrators; null where a user or a group is named. */
  readonly access_level: number | null;
  readonly user_id: number | null;
  readonly group_id: number | null;
}

/** A rule that protects branches of a project. */
export interface ProtectedBranch extends Identified {
  readonly project_id: number;
  /** A branch, or a pattern with `*` for any text: `release/*`. */
  readonly name: string;
  readonly push_access_levels: readonly AccessEntry[];
  readonly merge_access_levels: readonly AccessEntry[];
  readonly unprotect_access_levels: readonly AccessEntry[];
  readonly allow_force_push: boolean;
  readonly code_owner_approval_required: boolean;
}

/** A rule that protects tags of a project. */
export interface ProtectedTag extends Identified {
  readonly project_id: number;
  readonly name: string;
  readonly create_access_levels: readonly AccessEntry[];
}
