import type { Identified } from "./table";

/** Fields as in GitLab's API. Source and target are of the same project: the double has no forks. */
export interface MergeRequest extends Identified {
  /** Counts up from 1 in each project. */
  readonly iid: number;
  readonly project_id: number;
  readonly source_branch: string;
  readonly target_branch: string;
  readonly title: string;
  readonly description: string | null;
  readonly state: "opened" | "closed" | "merged";
  readonly author_id: number;
  readonly assignee_ids: readonly number[];
  readonly reviewer_ids: readonly number[];
  readonly labels: readonly string[];
  readonly squash: boolean;
  readonly force_remove_source_branch: boolean;
  readonly discussion_locked: boolean | null;
  /** The head of the source branch; of one that is merged or closed, as it was then. */
  readonly sha: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly merged_at: string | null;
  readonly merge_user_id: number | null;
  readonly closed_at: string | null;
  readonly closed_by_id: number | null;
  readonly merge_commit_sha: string | null;
  readonly squash_commit_sha: string | null;
  /** Who has approved it. */
  readonly approved_by: readonly number[];
  /** Merged as soon as its pipeline has succeeded. */
  readonly merge_when_pipeline_succeeds: boolean;
}

/** What a merge request was at one push. */
export interface MergeRequestVersion extends Identified {
  readonly merge_request_id: number;
  readonly head_commit_sha: string;
  readonly base_commit_sha: string;
  readonly start_commit_sha: string;
  readonly created_at: string;
}

/** What somebody wrote below a merge request. Notes of one discussion share its id. */
export interface Note extends Identified {
  readonly merge_request_id: number;
  readonly project_id: number;
  readonly author_id: number;
  readonly body: string;
  /** Written by GitLab itself about what was done. */
  readonly system: boolean;
  /** Only for reporters and above. */
  readonly internal: boolean;
  /** 40 hexadecimal digits. */
  readonly discussion_id: string;
  /** Whether it stands alone: nobody has begun a thread with it. */
  readonly individual: boolean;
  readonly resolved_by_id: number | null;
  readonly created_at: string;
  readonly updated_at: string;
}
