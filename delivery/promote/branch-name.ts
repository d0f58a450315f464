import { createHash } from "node:crypto";

/** What a merge request's branch stands for. */
export interface BranchOf {
  /** `promote-dev-to-staging` or `roll-back-prod`. */
  readonly step: string;
  /** As the user named them: `shop`, `acme/shop`. */
  readonly projects: readonly string[];
  /** All projects of the catalogue, as `acme/shop`. */
  readonly known: readonly string[];
  /** Absent for the default branch. */
  readonly target?: string;
}

/** More than this of projects' names is too long for a branch. */
const LONGEST = 60;

/** The same step for the same projects has the same branch, however they are named, and no other step has it. */
export function branchName({ step, projects, known, target }: BranchOf): string {
  // No project's name has a dot or a low line.
  const names = [...new Set(projects.map((name) => shortestName(name, known).replaceAll("/", "_")))].sort().join(".");
  const few = names.length <= LONGEST ? names : createHash("sha256").update(names).digest("hex").slice(0, 10);
  const into = target === undefined ? [] : ["into", target.replaceAll("/", "_")];
  return `factory/${[step, ...(few === "" ? [] : [few]), ...into].join("-")}`;
}

/** `shop`, as long as no other organisation has a project of this name. */
function shortestName(name: string, known: readonly string[]): string {
  const bare = name.split("/").at(-1) ?? name;
  return known.filter((slug) => slug.endsWith(`/${bare}`)).length > 1 ? name : bare;
}
