import type { Problem } from "../../model/problem";
import type { Preview } from "../preview/preview";
import { tellProblems } from "../tell-problems";
import type { Review } from "./review";

/** Tells on standard error which previews have failed and what to do; the review has the same for its readers. */
export function tellFailures(review: Review, previews: readonly Preview[]): void {
  tellProblems(failureProblems(review, previews));
}

/** Of a review's stacks, since their texts are without secrets. */
export function failureProblems(review: Review, previews: readonly Preview[]): Problem[] {
  return review.stacks.flatMap(({ stack, failures }, index) => {
    if (failures.length === 0) return [];
    return [
      {
        severity: "error" as const,
        file: previews[index]?.source ?? stack,
        path: "",
        message: `the preview of the stack ${stack} has failed`,
        value: failures.join("\n").split("\n").join("\n           "),
        fix: "mend what it says, and preview the stack again",
      },
    ];
  });
}
