import type { PolicyFinding } from "../engine/engine-event";
import type { Phrase } from "./phrase";

/** What a change does to all stacks that were previewed: what every rendering is made from, without a secret. */
export interface Review {
  /** What happens, as one sentence. */
  readonly headline: Phrase;
  readonly verdict: Verdict;
  readonly stacks: readonly StackReview[];
}

/** `failed`: a preview is not there; `blocked`: a mandatory policy is violated; `danger`: to be looked at. */
export type Verdict = "failed" | "blocked" | "danger" | "change" | "unchanged";

export interface StackReview {
  readonly stack: string;
  readonly isProduction: boolean;
  /** Why the preview has failed; the rest may not be all then. */
  readonly failures: readonly string[];
  readonly dangers: readonly Danger[];
  readonly policies: readonly PolicyFinding[];
  /** Whether the preview tells what policies found. */
  readonly tellsPolicies: boolean;
  readonly warnings: readonly string[];
  /** Projects by name, then the platform's own parts. */
  readonly subjects: readonly SubjectReview[];
  readonly counts: Counts;
}

/** How many objects; components are none. */
export interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly replaced: number;
  readonly deleted: number;
  readonly imported: number;
  readonly unchanged: number;
}

export type DangerKind =
  | "production"
  | "protected"
  | "deletion"
  | "replacement"
  | "rights"
  | "network"
  | "pod security"
  | "DNS"
  | "Argo CD"
  | "CRD";

/** Something to look at before it is merged. */
export interface Danger {
  readonly kind: DangerKind;
  readonly what: Phrase;
  /** `acme/shop`, `Argo CD`, … Empty for the stack as a whole. */
  readonly subject: string;
}

export type Action = "adds" | "changes" | "deletes";

/** A project, or a part of the platform, and what changes for it. */
export interface SubjectReview {
  readonly kind: "project" | "platform";
  /** `acme/shop`; `Argo CD`, `DNS`, `GitLab`, … */
  readonly name: string;
  readonly action: Action;
  /** The catalogue file, where the preview names it. */
  readonly file?: string;
  readonly changes: readonly Phrase[];
  readonly resources: readonly ResourceReview[];
}

/** One object, for those who want to know exactly. */
export interface ResourceReview {
  readonly operation: "create" | "update" | "replace" | "delete" | "import" | "forget";
  /** `ResourceQuota` */
  readonly kind: string;
  readonly name: string;
  /** What differs; empty for what is new or goes. */
  readonly properties: readonly PropertyChange[];
}

export interface PropertyChange {
  /** `spec.hard["limits.cpu"]` */
  readonly path: string;
  /** Absent where nothing was. A value that is a secret reads `[secret]`. */
  readonly before?: string;
  readonly after?: string;
}
