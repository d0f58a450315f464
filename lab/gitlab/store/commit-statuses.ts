import type { Identified } from "./table";

/** What a program outside of GitLab says of a commit. Fields as in GitLab's API. */
export interface CommitStatus extends Identified {
  readonly project_id: number;
  readonly sha: string;
  readonly ref: string | null;
  readonly name: string;
  readonly status: "pending" | "running" | "success" | "failed" | "canceled" | "skipped";
  readonly target_url: string | null;
  readonly description: string | null;
  readonly coverage: number | null;
  readonly author_id: number;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
}
