import { UserError } from "../../model/problem";
import { Git } from "../bump/git";

/** The commit that a stack's program and config are taken from. */
export interface SourceTree {
  readonly commit: string;
  readonly tree: string;
  /** The files that may matter to the stack, by path below the project's folder, as Git names their content. */
  readonly files: Readonly<Record<string, string>>;
}

/** What no program of a stack reads. */
const IDLE = /^(?:docs|test|bench)\/|\.md$|^LICENSE$/;

/**
 * Reads the commit that is checked out.
 *
 * @param stack files of other stacks are left out: what they change is no concern of this one
 * @throws UserError when the folder is in no repository, or holds changes that are in no commit
 */
export async function readSourceTree(root: string, stack: string): Promise<SourceTree> {
  const git = new Git(root);
  const commit = await git.ask(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  if (commit === undefined) {
    throw new UserError([
      {
        severity: "error",
        file: root,
        path: "",
        message: "the folder is no checkout of a Git repository, or has no commit",
        fix: "run the command in a clone, and commit first",
      },
    ]);
  }
  const changed = await git.get(["status", "--porcelain=v1", "--untracked-files=no", "--", "."]);
  if (changed !== "") {
    throw new UserError([
      {
        severity: "error",
        file: root,
        path: "",
        value: changed
          .split("\n")
          .slice(0, 5)
          .map((line) => line.slice(3))
          .join(", "),
        message: "files differ from the commit, so that nobody can tell later what the plan was made of",
        fix: "commit them, or put them back with `git restore`",
      },
    ]);
  }
  const listed = await git.get(["ls-tree", "-r", "-z", "--full-tree", `${commit}:${await prefixOf(git)}`]);
  const entries = listed.split("\0").flatMap((line) => {
    const [, name, path] = /^\d+ \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return name === undefined || path === undefined || !matters(path, stack) ? [] : [[path, name] as const];
  });
  return { commit, tree: await git.get(["rev-parse", `${commit}^{tree}`]), files: Object.fromEntries(entries) };
}

/** Where the project's folder is in its repository; empty at the top. */
async function prefixOf(git: Git): Promise<string> {
  return (await git.get(["rev-parse", "--show-prefix"])).replace(/\/$/, "");
}

function matters(path: string, stack: string): boolean {
  const ofStack = /^Pulumi\.(.+)\.yaml$/.exec(path)?.[1];
  return !IDLE.test(path) && (ofStack === undefined || ofStack === stack);
}

/** The paths at which two trees differ, sorted. */
export function differences(one: SourceTree["files"], other: SourceTree["files"]): string[] {
  const paths = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...paths].filter((path) => one[path] !== other[path]).sort();
}
