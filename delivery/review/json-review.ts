import { plain } from "./phrase";
import type { Review } from "./review";

/** A review for programs: phrases are text. */
export function jsonReview({ headline, verdict, stacks }: Review): object {
  return {
    headline: plain(headline),
    verdict,
    stacks: stacks.map(({ stack, isProduction, failures, dangers, policies, warnings, subjects, counts }) => ({
      stack,
      production: isProduction,
      failures,
      dangers: dangers.map(({ kind, subject, what }) => ({ kind, subject, what: plain(what) })),
      policies,
      warnings,
      counts,
      subjects: subjects.map(({ changes, ...subject }) => ({ ...subject, changes: changes.map(plain) })),
    })),
  };
}
