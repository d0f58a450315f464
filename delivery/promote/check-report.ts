import type { Problem } from "../../model/problem";
import { describeCommit } from "./catalogue-history";
import type { CheckedPin } from "./check-pins";
import { pinName } from "./pins";
import { COMMAND } from "./plan";
import { moveLine } from "./plan-report";

/** One line for a pin that is as it should be; absent for others. */
export function goodLine({ move, from, to, ground }: CheckedPin): string | undefined {
  const line = moveLine(move, to);
  switch (ground.kind) {
    case "promoted":
      return `${line}: ${from} has had it, ${describeCommit(ground.commit)}`;
    case "returned":
      return `${line}: it has had it before, ${describeCommit(ground.commit)}`;
    case "ran":
      return `${line}: ${from} has run it, asked of ${ground.askedOf}`;
    case "untold":
    case "never":
      return undefined;
  }
}

/** What speaks against a pin, or for a look at it; absent for one that is as it should be. */
export function pinProblem({ move, from, to, ground }: CheckedPin, isShallow: boolean): Problem | undefined {
  const place = { file: move.file, path: `${move.repository}: ${pinName(move)}`, value: move.after };
  if (ground.kind === "untold") {
    return {
      severity: "warning",
      ...place,
      message: `${from} follows a branch, and the catalogue does not tell which of its commits have run there`,
      fix: "have Argo CD asked: --server, or --context of the cluster",
    };
  }
  if (ground.kind !== "never") return undefined;
  const rest = isShallow ? "; this clone has not the whole history: GIT_DEPTH: 0, or git fetch --unshallow" : "";
  return {
    severity: "error",
    ...place,
    message: `this would come to ${to} without having been in ${from}`,
    allowed: ground.had.length === 0 ? `what ${from} has had, which is nothing yet` : few(ground.had),
    fix: `have it in ${from} first, then: ${COMMAND} --from ${from} --to ${to} ${move.project}${rest}`,
  };
}

/** The newest few of what an environment has had. */
function few(values: readonly string[]): string {
  return [...values.slice(0, 5), ...(values.length > 5 ? ["…"] : [])].join(", ");
}
