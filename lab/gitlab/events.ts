import type { EventEmitter } from "node:events";

/** A branch or tag was moved, made or removed, by Git or by the API. */
export interface Push {
  readonly project_id: number;
  readonly user_id: number;
  /** 40 zeros when the ref was not there before. */
  readonly before: string;
  /** 40 zeros when the ref is not there any more. */
  readonly after: string;
  /** `refs/heads/main`, `refs/tags/v1` */
  readonly ref: string;
  /** What `git push --push-option` said: `ci.skip`. */
  readonly push_options?: readonly string[];
}

/** What parts of the double tell each other. Listeners are called at once and must not throw. */
export interface GitLabEvents {
  push: [Push];
  /** A project is gone for good: whoever has records of it removes them. Its repository is removed already. */
  "project removed": [{ readonly project_id: number }];
  "group removed": [{ readonly group_id: number }];
  /** A pipeline was made or changed its status. */
  pipeline: [{ readonly pipeline_id: number }];
  /** A job was made or changed its status. */
  job: [{ readonly job_id: number }];
  /** `user_id` is of who did it. */
  "merge request": [
    {
      readonly merge_request_id: number;
      readonly action: "open" | "update" | "close" | "reopen" | "merge";
      readonly user_id: number;
    },
  ];
  /** Somebody has written below a merge request. */
  note: [{ readonly note_id: number }];
}

export type GitLabEmitter = EventEmitter<GitLabEvents>;
