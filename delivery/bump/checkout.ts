import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { UserError, type Problem } from "../../model/problem";
import type { ReadFile } from "./files";
import { Git } from "./git";

/** The Git checkout that the files are in, ready for a commit. */
export interface Checkout {
  readonly git: Git;
  /** The branch that is checked out. */
  readonly branch: string;
  /** The commit that it is at. */
  readonly head: string;
  /** What a refused push leaves behind, for its message. @default that the commit is on the local branch */
  readonly leftover?: string;
}

/** Where the branch is pushed to. */
export interface Upstream {
  readonly remote: string;
  /** The branch's name there. */
  readonly branch: string;
}

/** A refusal that has to do with Git as a whole. */
export function gitError(file: string, message: string, fix: string, value?: string): UserError {
  const problem: Problem = { severity: "error", file, path: "", message, fix, ...(value !== undefined && { value }) };
  return new UserError([problem]);
}

/** What is under way when one of these is there: a commit of single files would break it. */
const UNDER_WAY = { MERGE_HEAD: "merge", CHERRY_PICK_HEAD: "cherry-pick", REVERT_HEAD: "revert" };

/** Judges, before anything is written, whether the files can be committed. Throws a UserError when they cannot. */
export async function openCheckout(files: readonly ReadFile[]): Promise<Checkout> {
  const [first] = files;
  if (first === undefined) throw new Error("there are no files");
  const root = await rootOf(first);
  for (const file of files) {
    if (isDirectlyIn(root, dirname(file.real))) continue;
    const other = await rootOf(file);
    if (other === root) continue;
    throw gitError(
      file.name,
      "it is in another repository, and one commit holds one repository's files",
      "bump each repository by itself",
      other,
    );
  }
  const git = new Git(root);
  const branch = await git.ask(["symbolic-ref", "--quiet", "--short", "HEAD"]);
  const head = await git.ask(["rev-parse", "--verify", "--quiet", "HEAD"]);
  if (branch === undefined) {
    throw gitError(
      root,
      "no branch is checked out (detached HEAD), so that a commit would be lost",
      "git switch BRANCH; in GitLab CI: git switch $CI_COMMIT_BRANCH",
      head,
    );
  }
  if (head === undefined) throw gitError(root, "the repository has no commit yet", "commit the files first");
  await refuseUnderWay(git);
  await refuseUnclean(git, files);
  return { git, branch, head };
}

async function rootOf({ real, name }: ReadFile): Promise<string> {
  let answer: string | undefined;
  try {
    answer = await new Git(dirname(real)).ask(["rev-parse", "--show-toplevel"]);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    throw gitError("git", "the program is not there", "install git, or leave --commit out");
  }
  if (answer !== undefined) return answer;
  throw gitError(
    name,
    "it is not in a Git repository that git accepts",
    "go to a clone of the infra repository, or leave --commit out",
  );
}

/** Whether a folder belongs to a repository and to none inside it, as git would find out by a process for each. */
function isDirectlyIn(root: string, folder: string): boolean {
  if (folder === root) return true;
  return folder.startsWith(root + sep) && !existsSync(join(folder, ".git")) && isDirectlyIn(root, dirname(folder));
}

async function refuseUnderWay(git: Git): Promise<void> {
  for (const [mark, what] of Object.entries(UNDER_WAY)) {
    const found = await git.ask(["rev-parse", "--verify", "--quiet", mark]);
    if (found !== undefined)
      throw gitError(git.folder, `a ${what} is under way`, `git ${what} --continue, or git ${what} --abort`);
  }
}

/** Changes that somebody has begun in these files would be swept into the commit. */
async function refuseUnclean(git: Git, files: readonly ReadFile[]): Promise<void> {
  const input = pathspecs(git, files);
  const tracked = new Set((await git.get(["ls-files", "-z", "--", ...literal(input)])).split("\0"));
  const status = await git.get(["status", "--porcelain=v1", "-z", "--untracked-files=no", "--", ...literal(input)]);
  const changed = new Set(status.split("\0").map((line) => line.slice(3)));
  const problems = files.flatMap(({ name }, index): Problem[] => {
    const path = input[index] ?? "";
    const problem = { severity: "error", file: name, path: "" } as const;
    if (!tracked.has(path)) {
      return [{ ...problem, message: "Git does not track it", fix: `git add ${name} and commit it first` }];
    }
    if (!changed.has(path)) return [];
    return [
      {
        ...problem,
        message: "it has changes that are not committed, which the commit would take along",
        fix: "commit them, or put them aside: git stash",
      },
    ];
  });
  if (problems.length > 0) throw new UserError(problems);
}

/** The paths from the repository's root, as Git writes them. */
export function pathspecs({ folder }: Git, files: readonly Pick<ReadFile, "real">[]): string[] {
  return files.map(({ real }) => relative(folder, real).split(sep).join("/"));
}

/** Paths with characters that Git would take for patterns. */
export function literal(paths: readonly string[]): string[] {
  return paths.map((path) => `:(literal)${path}`);
}

/** The remotes of a clone, and which of them is meant where nobody says: `origin`, or the only one. */
export async function remotesOf(
  git: Pick<Git, "ask">,
): Promise<{ readonly remotes: readonly string[]; readonly main: string | undefined }> {
  const remotes = ((await git.ask(["remote"])) ?? "").split("\n").filter((name) => name !== "");
  return { remotes, main: remotes.includes("origin") ? "origin" : remotes.length === 1 ? remotes[0] : undefined };
}

/**
 * Where a push goes: the branch's upstream, else the branch of this name on the only remote. Throws a UserError when
 * there is no such thing.
 */
export async function upstreamOf({ git, branch }: Checkout): Promise<Upstream> {
  const remote = await git.ask(["config", "--get", `branch.${branch}.remote`]);
  const merge = await git.ask(["config", "--get", `branch.${branch}.merge`]);
  const { remotes, main } = await remotesOf(git);
  if (remote !== undefined && remotes.includes(remote)) {
    return { remote, branch: merge?.replace(/^refs\/heads\//, "") ?? branch };
  }
  if (main !== undefined) return { remote: main, branch };
  throw gitError(
    git.folder,
    remotes.length === 0 ? "the repository has no remote to push to" : `the branch ${branch} has no upstream`,
    remotes.length === 0 ? "git remote add origin URL" : `git branch --set-upstream-to=REMOTE/${branch}`,
    remotes.length === 0 ? undefined : remotes.join(", "),
  );
}
