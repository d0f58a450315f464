import { isProduction } from "../../model/environment-order";
import type { Problem } from "../../model/problem";
import { isFixedRevision } from "../../model/revision";
import type { FoundApplications } from "../status/sources";
import type { History } from "./catalogue-history";
import type { LoadedEnvironment } from "./environments";
import type { Move } from "./move";

/** The command as messages name it. */
export const COMMAND = "factory promote";

/** What is to change in the catalogue, and on what grounds. */
export interface Plan {
  /** The environment that the pins come from; that of `to` itself for a roll-back. */
  readonly from: LoadedEnvironment;
  readonly to: LoadedEnvironment;
  readonly moves: readonly Move[];
  /** What was found out, one sentence a line: it goes into the merge request. */
  readonly grounds: readonly string[];
  readonly warnings: readonly Problem[];
}

/** What is asked for. */
export interface PlanRequest {
  /** The folder with the stacks and the catalogue that the plan is made for. */
  readonly root: string;
  /** Where the catalogue's history is. */
  readonly history: History;
  /** `shop` or `acme/shop`; all where none is named. */
  readonly projects: readonly string[];
  /** Whether moving revisions are pinned to the commit that runs. */
  readonly pin: boolean;
  /** Asks for the Applications of a stack's environment. Throws a UserError where they cannot be had. */
  readonly ask: (stack: string) => Promise<FoundApplications>;
}

/** Production follows no branch: what runs there would change without a promotion. */
export function movingProblems({ environment, platform }: LoadedEnvironment, moves: readonly Move[]): Problem[] {
  if (!isProduction(environment) && !platform.deletion.protect) return [];
  return moves
    .filter(({ kind, after }) => kind === "revision" && !isFixedRevision(after))
    .map(({ file, repository, after }) => ({
      severity: "error",
      file,
      path: `${repository}: revision`,
      value: after,
      message: `the revision moves on by itself, and ${environment} is production`,
      allowed: "a commit, a version such as v1.4.0, or refs/tags/…",
      fix: "add --pin, which writes the commit that runs; or tag the commit and write the tag",
    }));
}

/** Problems that differ in their place alone are one problem of several places. */
export function together(problems: readonly Problem[]): Problem[] {
  const groups = new Map<string, Problem>();
  for (const problem of problems) {
    const key = JSON.stringify({ ...problem, path: "" });
    const known = groups.get(key);
    groups.set(key, known === undefined ? problem : { ...known, path: `${known.path}, ${problem.path}` });
  }
  return [...groups.values()];
}
