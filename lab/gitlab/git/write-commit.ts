import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { applyActions, CommitRefused, type FileAction, type FileEntry } from "./file-actions";
import type { Repository } from "./repository";
import { lastCommitOf } from "./tree";

export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface CommitText {
  readonly message: string;
  readonly author: Person;
  readonly committer: Person;
  readonly date: Date;
}

/** The commit that a file was changed by since somebody looked at it. */
const stale = "You are attempting to update a file that has changed since you started editing it.";

/**
 * Writes a commit that changes files, and moves no branch to it. Throws a `CommitRefused`.
 * @param parent its only parent; absent for the first commit of a branch
 * @returns its name
 */
export async function writeFilesCommit(
  repository: Repository,
  parent: string | undefined,
  actions: readonly FileAction[],
  text: CommitText,
): Promise<string> {
  for (const action of actions) {
    const known = "lastCommit" in action ? action.lastCommit : undefined;
    if (known === undefined || parent === undefined) continue;
    if ((await lastCommitOf(repository, parent, action.path)) !== known) throw new CommitRefused(stale);
  }
  const files = parent === undefined ? new Map<string, FileEntry>() : await readFiles(repository, parent);
  await applyActions(files, actions, (content) =>
    repository.text(["hash-object", "-w", "--stdin"], { input: content }),
  );
  const tree = await writeTree(repository, files);
  return writeTreeCommit(repository, tree, parent === undefined ? [] : [parent], text);
}

/** Writes a commit of a tree, and moves no branch to it. */
export function writeTreeCommit(
  repository: Repository,
  tree: string,
  parents: readonly string[],
  { message, author, committer, date }: CommitText,
): Promise<string> {
  const seconds = `${String(Math.floor(date.getTime() / 1000))} +0000`;
  return repository.text(["commit-tree", tree, ...parents.flatMap((parent) => ["-p", parent]), "-F", "-"], {
    input: message,
    env: {
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_AUTHOR_DATE: seconds,
      GIT_COMMITTER_NAME: committer.name,
      GIT_COMMITTER_EMAIL: committer.email,
      GIT_COMMITTER_DATE: seconds,
    },
  });
}

async function readFiles(repository: Repository, commit: string): Promise<Map<string, FileEntry>> {
  const lines = (await repository.text(["ls-tree", "-r", "-z", "--full-tree", commit])).split("\0");
  return new Map(
    lines
      .filter((line) => line !== "")
      .map((line) => {
        const tab = line.indexOf("\t");
        const [mode = "", , id = ""] = line.slice(0, tab).split(" ");
        return [line.slice(tab + 1), { mode, id }] as const;
      }),
  );
}

/** git makes trees from an index, here one of this commit's own: several commits may be made at once. */
async function writeTree(repository: Repository, files: ReadonlyMap<string, FileEntry>): Promise<string> {
  const index = join(repository.folder, `index-${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index };
  try {
    const input = [...files].map(([path, { mode, id }]) => `${mode} ${id}\t${path}\0`).join("");
    await repository.text(["update-index", "-z", "--index-info"], { input, env });
    return await repository.text(["write-tree"], { env });
  } finally {
    rmSync(index, { force: true });
  }
}
