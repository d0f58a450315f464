import type { Problem } from "../../model/problem";
import { projectOf } from "../plan/make-plan";
import { type PlanOrigin, sha256 } from "../plan/origin";
import { differences, type SourceTree } from "../plan/source-tree";
import { refused } from "./refusal";

/** A plan with what it was made of, and how its reader gets another one. */
export interface FoundPlan {
  readonly origin: PlanOrigin;
  /** The text of Pulumi's plan. */
  readonly plan: string;
  /** Where it was found: a folder, or the URL of a job. */
  readonly place: string;
  /** What to do for a plan of the same files on today's state. */
  readonly again: string;
  /** What to do for a plan of today's files. */
  readonly anew: string;
}

const SHOWN = 5;

/** Why a plan is none of this stack's: a mix-up, or somebody's intention. */
export function foreignness({ origin, plan, place, again }: FoundPlan, stack: string, pulumi: string): Problem[] {
  const problems: Problem[] = [];
  if (origin.stack !== stack) {
    problems.push(
      refused(place, { message: "the plan is another stack's", value: origin.stack, allowed: stack, fix: again }),
    );
  }
  if (sha256(plan) !== origin.plan) {
    problems.push(
      refused(place, {
        message: "the plan is not the one that was made together with its origin.json: the checksum differs",
        value: sha256(plan),
        allowed: origin.plan,
        fix: again,
      }),
    );
  } else if (!plan.includes(`"urn:pulumi:${origin.stack}::`) || projectOf(plan) !== origin.project) {
    problems.push(refused(place, { message: "the plan holds resources of another stack or project", fix: again }));
  }
  if (origin.pulumi !== pulumi) {
    problems.push(
      refused(place, {
        message: "another version of Pulumi made the plan",
        value: origin.pulumi,
        allowed: pulumi,
        fix: `use the same image for both, then ${again}`,
      }),
    );
  }
  return problems;
}

/** How the files that are checked out differ from those that the plan was made of. */
export function movedFiles({ origin, place, anew }: FoundPlan, { files }: SourceTree): Problem[] {
  const paths = differences(origin.files, files);
  if (paths.length === 0) return [];
  const more = paths.length > SHOWN ? ` and ${String(paths.length - SHOWN)} more` : "";
  return [
    refused(place, {
      message: "what is merged is not what was reviewed: files differ from those of the plan",
      value: `${paths.slice(0, SHOWN).join(", ")}${more}`,
      fix: anew,
    }),
  ];
}

/** Whether the state is another one than that which the plan was made on. */
export function movedState({ origin, place, again }: FoundPlan, stack: string, digest: string): Problem[] {
  if (origin.state === digest) return [];
  return [
    refused(place, {
      message: `the stack ${stack} has changed since the plan was made (${origin.createdAt}): another update came between`,
      fix: again,
    }),
  ];
}
