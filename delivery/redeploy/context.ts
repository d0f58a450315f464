import type { ArgoCdApi } from "../argocd/argocd-api";
import type { Request } from "../bump/wanted";
import type { Clock } from "../clock";
import type { GitLabApi } from "../gitlab/gitlab-api";
import type { Patience } from "../http/service";
import type { Plan, StepName } from "./plan";
import type { Progress } from "./progress";
import type { Secrets } from "./secrets";
import type { StateFile } from "./state";

/** How long each kind of step may take, in milliseconds. */
export interface Limits {
  readonly mirrorMs: number;
  readonly buildMs: number;
  readonly deployMs: number;
}

/** All that the steps of one delivery share. */
export interface Delivery {
  readonly plan: Plan;
  /** 40 hexadecimal digits. */
  readonly commit: string;
  readonly tag: string;
  readonly request: Request;
  readonly gitlab?: GitLabApi;
  readonly argocd?: ArgoCdApi;
  readonly secrets: Secrets;
  readonly progress: Progress;
  readonly patience: Patience;
  readonly clock: Clock;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  readonly state: StateFile;
}

/** Tells lines as notes of a step. */
export function noting(progress: Progress, step: StepName | null): (line: string) => void {
  return (message) => {
    progress.tell({ event: "note", step, message });
  };
}

/** The first digits of a commit, as GitLab's CI_COMMIT_SHORT_SHA has them. */
export function shortSha(commit: string): string {
  return commit.slice(0, 8);
}

/** GitLab where a step cannot be without it. */
export function gitlabOf({ gitlab }: Delivery): GitLabApi {
  if (gitlab === undefined) throw new Error("a step needs GitLab, and the plan has none");
  return gitlab;
}
