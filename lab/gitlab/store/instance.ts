import type { Identified } from "./table";

/** What administrators set for the whole instance; one record, of id 1. Fields as in GitLab's API. */
export interface InstanceSettings extends Identified {
  /** Whether hooks may go to the machine itself and to private networks. */
  readonly allow_local_requests_from_web_hooks_and_services: boolean;
}

/** A push as a project's activity tells it: https://docs.gitlab.com/api/events/ */
export interface PushActivity extends Identified {
  readonly project_id: number;
  readonly author_id: number;
  readonly action_name: "pushed to" | "pushed new" | "deleted";
  readonly push_data: Readonly<Record<string, unknown>>;
  readonly created_at: string;
}
