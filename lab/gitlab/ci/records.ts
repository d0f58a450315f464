import type { Identified } from "../store/table";

/** GitLab's states of jobs; pipelines and stages have the same but for `failed` reasons. */
export type Status =
  "created" | "waiting_for_resource" | "pending" | "running" | "success" | "failed" | "canceled" | "skipped" | "manual";

export type Source = "push" | "web" | "api" | "trigger" | "schedule" | "merge_request_event";

/** A variable that somebody gave to one pipeline, schedule or manual job. */
export interface GivenVariable {
  readonly key: string;
  readonly value: string;
  readonly variable_type: "env_var" | "file";
  readonly raw: boolean;
}

/** Fields as in GitLab's API. */
export interface Pipeline extends Identified {
  /** Counts up from 1 in each project. */
  readonly iid: number;
  readonly project_id: number;
  readonly user_id: number;
  readonly sha: string;
  readonly before_sha: string;
  /** Short name of the branch or tag; of a merge request's pipeline `refs/merge-requests/1/head`. */
  readonly ref: string;
  readonly tag: boolean;
  readonly source: Source;
  readonly status: Status;
  /** Why the CI file was refused; such a pipeline has failed and has no jobs. */
  readonly yaml_errors: string | null;
  readonly name: string | null;
  readonly stages: readonly string[];
  readonly merge_request_id: number | null;
  readonly schedule_id: number | null;
  readonly variables: readonly GivenVariable[];
  readonly created_at: string;
  readonly updated_at: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
}

/** What a job does, after includes, extends, defaults and rules. */
export interface JobDefinition {
  readonly before_script: readonly string[];
  readonly script: readonly string[];
  readonly after_script: readonly string[];
  /** Of the file's top level, then the job's own, then those of the rule that let it in. */
  readonly variables: Readonly<Record<string, string>>;
  readonly image: string | null;
  readonly needs: readonly Need[] | null;
  /** Jobs whose artifacts are wanted; null for all that come before. */
  readonly dependencies: readonly string[] | null;
  readonly artifacts: ArtifactsDefinition | null;
  readonly caches: readonly CacheDefinition[];
  readonly resource_group: string | null;
  readonly interruptible: boolean;
  readonly retry: number;
  /** The failure reasons after which it is; absent for all. */
  readonly retry_when?: readonly string[];
  readonly tags: readonly string[];
}

export interface Need {
  readonly job: string;
  readonly artifacts: boolean;
  readonly optional: boolean;
}

export interface ArtifactsDefinition {
  readonly paths: readonly string[];
  readonly exclude: readonly string[];
  readonly untracked: boolean;
  readonly when: "on_success" | "on_failure" | "always";
  readonly dotenv: readonly string[];
}

export interface CacheDefinition {
  /** With variables. */
  readonly key: string;
  /** Files and folders; no patterns. */
  readonly paths: readonly string[];
  readonly policy: "pull" | "push" | "pull-push";
  readonly when: "on_success" | "on_failure" | "always";
}

export type When = "on_success" | "on_failure" | "always" | "manual";

export interface Job extends Identified {
  readonly pipeline_id: number;
  readonly project_id: number;
  readonly user_id: number;
  readonly name: string;
  readonly stage: string;
  readonly status: Status;
  readonly when: When;
  /** The exit codes that are let pass, where not all are. */
  readonly allow_failure: boolean | readonly number[];
  /** Another job of this name took its place. */
  readonly retried: boolean;
  /** How often it was run again by itself. */
  readonly attempt: number;
  readonly definition: JobDefinition;
  /** With its variables expanded. */
  readonly environment: JobEnvironment | null;
  /** Given by whoever played the manual job. */
  readonly variables: readonly GivenVariable[];
  readonly failure_reason: string | null;
  readonly exit_code: number | null;
  /** Whether there are files of it to download. */
  readonly has_artifacts: boolean;
  /** From its dotenv report. */
  readonly dotenv: Readonly<Record<string, string>>;
  readonly created_at: string;
  readonly queued_at: string | null;
  readonly started_at: string | null;
  readonly finished_at: string | null;
  readonly erased_at: string | null;
}

export interface JobEnvironment {
  readonly name: string;
  /** Only `start` makes a deployment; `access` just gives the variables of that scope. */
  readonly action: "start" | "prepare" | "stop" | "verify" | "access";
  readonly url: string | null;
  /** `deployment_tier`; without it the tier follows from the name. */
  readonly tier?: string;
}

/** By whose token anybody starts pipelines as the owner. */
export interface Trigger extends Identified {
  readonly project_id: number;
  readonly owner_id: number;
  readonly description: string;
  readonly token: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly last_used: string | null;
}

export interface Schedule extends Identified {
  readonly project_id: number;
  readonly owner_id: number;
  readonly description: string;
  readonly ref: string;
  readonly cron: string;
  readonly cron_timezone: string;
  readonly active: boolean;
  readonly variables: readonly GivenVariable[];
  readonly next_run_at: string | null;
  readonly last_pipeline_id: number | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Environment extends Identified {
  readonly project_id: number;
  readonly name: string;
  readonly slug: string;
  readonly external_url: string | null;
  readonly state: "available" | "stopped";
  readonly tier: string;
  /** The job that deployed there last. */
  readonly last_job_id: number | null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** Who may deploy to an environment: entries of a role, a user or a group; these last are kept and let nobody in. */
export interface ProtectedEnvironment extends Identified {
  readonly project_id: number;
  readonly name: string;
  readonly deploy_access_levels: readonly Readonly<Record<string, unknown>>[];
  readonly required_approval_count: number;
}

const doneStatuses: readonly Status[] = ["success", "failed", "canceled", "skipped"];

export function isDone(status: Status): boolean {
  return doneStatuses.includes(status);
}
