import { GitFailure, type Repository } from "./repository";

/** What came of putting two commits together without a working tree: the tree of both, or that they conflict. */
export type MergedTree = { readonly tree: string } | { readonly conflicts: readonly string[] };

export async function mergeTrees(repository: Repository, target: string, source: string): Promise<MergedTree> {
  try {
    const output = await repository.text([
      "merge-tree",
      "--write-tree",
      "--name-only",
      "--no-messages",
      target,
      source,
    ]);
    return { tree: output.split("\n")[0] ?? "" };
  } catch (error) {
    // 1 tells of conflicts: the tree with their marks, then the paths. Anything else is an error of git's.
    if (!(error instanceof GitFailure) || error.exitCode !== 1) throw error;
    return { conflicts: error.stdout.trimEnd().split("\n").slice(1) };
  }
}

export function mergeBase(repository: Repository, a: string, b: string): Promise<string | undefined> {
  return repository.maybe(["merge-base", a, b]);
}

/** Whether a commit holds all that another one holds. */
export async function isAncestor(repository: Repository, ancestor: string, commit: string): Promise<boolean> {
  return (await repository.maybe(["merge-base", "--is-ancestor", ancestor, commit])) !== undefined;
}
