import type { Identified } from "./table";

/** Events that hooks of projects and groups may be told. */
export const sharedHookEvents = [
  "push_events",
  "tag_push_events",
  "merge_requests_events",
  "issues_events",
  "confidential_issues_events",
  "note_events",
  "confidential_note_events",
  "job_events",
  "pipeline_events",
  "wiki_page_events",
  "deployment_events",
  "feature_flag_events",
  "releases_events",
  "milestone_events",
  "emoji_events",
  "resource_access_token_events",
  "vulnerability_events",
] as const;
/** Those of groups alone. */
export const groupHookEvents = ["subgroup_events", "member_events", "project_events"] as const;
export type HookEvent = (typeof sharedHookEvents)[number] | (typeof groupHookEvents)[number];

/** A webhook of a project or a group. Fields as in GitLab's API. */
export interface Hook extends Identified {
  readonly source_type: "group" | "project";
  readonly source_id: number;
  readonly url: string;
  readonly name: string | null;
  readonly description: string | null;
  /** Sent as X-Gitlab-Token, never told by the API. */
  readonly token: string | null;
  readonly enable_ssl_verification: boolean;
  readonly events: Readonly<Partial<Record<HookEvent, boolean>>>;
  readonly push_events_branch_filter: string;
  readonly branch_filter_strategy: "wildcard" | "regex" | "all_branches";
  readonly custom_webhook_template: string | null;
  /** Further headers; their values are never told. */
  readonly custom_headers: readonly { readonly key: string; readonly value: string }[];
  readonly created_at: string;
}

/** One delivery of a hook: https://docs.gitlab.com/api/project_webhooks/ */
export interface HookDelivery extends Identified {
  readonly hook_id: number;
  /** `push_hooks` */
  readonly trigger: string;
  /** Without its query, in which there may be a secret. */
  readonly url: string;
  /** `200`; `internal error` when nobody answered. */
  readonly response_status: string;
  /** The beginning of the answer, or why there was none. */
  readonly response_body: string;
  readonly request_data: Readonly<Record<string, unknown>>;
  /** In seconds. */
  readonly execution_duration: number;
  readonly created_at: string;
}
