import { isUtf8 } from "node:buffer";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../../model/problem";
import { bumpText } from "./bump-text";
import { gitError, literal, pathspecs, type Checkout } from "./checkout";
import type { ReadFile } from "./files";
import type { Git } from "./git";
import type { Request } from "./wanted";

/**
 * Makes the same bump on another commit, from that commit's own bytes, without touching the checkout.
 *
 * @returns the new commit's id; absent when that commit has the version already
 * @throws UserError when the image cannot be found there any more
 */
export async function reapply(
  { git }: Checkout,
  tip: string,
  files: readonly ReadFile[],
  request: Request,
  message: string,
): Promise<string | undefined> {
  const paths = pathspecs(git, files);
  const entries = await modesAt(git, tip, paths);
  const lines: string[] = [];
  for (const [index, path] of paths.entries()) {
    const mode = entries.get(path);
    const blob = mode && (await git.ask(["cat-file", "blob", `${tip}:${path}`]));
    const name = files[index]?.name ?? path;
    if (mode === undefined || blob === undefined) {
      throw gitError(
        name,
        "the branch has moved on, and the file is not in it any more",
        "git pull --rebase, and look where the image is now",
      );
    }
    // git.ask takes one newline from the end, as of every answer.
    const exact = await exactBlob(git, `${tip}:${path}`, blob);
    const bumped = bumpText(name, exact, request);
    if (!("edits" in bumped)) throw new UserError(bumped);
    if (bumped.edits.length === 0) continue;
    const id = await git.get(["hash-object", "-w", "--stdin"], { input: bumped.text });
    lines.push(`${mode} ${id}\t${path}\0`);
  }
  return lines.length === 0 ? undefined : commitOn(git, tip, lines.join(""), message);
}

async function exactBlob(git: Git, name: string, blob: string): Promise<string> {
  if (!isUtf8(Buffer.from(blob))) throw gitError(name, "it is not UTF-8 text", "store it in UTF-8");
  const size = Number(await git.get(["cat-file", "-s", name]));
  return Buffer.byteLength(blob) < size ? `${blob}\n` : blob;
}

async function modesAt(git: Git, tip: string, paths: readonly string[]): Promise<Map<string, string>> {
  const listed = await git.get(["--literal-pathspecs", "ls-tree", "-z", tip, "--", ...paths]);
  return new Map(
    listed.split("\0").flatMap((line) => {
      const [, mode, path] = /^(\d+) blob \w+\t(.*)$/s.exec(line) ?? [];
      return mode === undefined || path === undefined ? [] : [[path, mode] as const];
    }),
  );
}

/**
 * Makes a commit with other files on another one, past the checkout and its index.
 *
 * @param entries as `git update-index -z --index-info` takes them
 * @param identity git's variables of author and committer, where the clone's config has none
 * @returns the commit's id; it is in no branch
 */
export async function commitOn(
  git: Git,
  tip: string,
  entries: string,
  message: string,
  identity: Readonly<Record<string, string>> = {},
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "factory-bump-"));
  const env = { ...identity, GIT_INDEX_FILE: join(folder, "index") };
  try {
    await git.get(["read-tree", tip], { env });
    await git.get(["update-index", "-z", "--index-info"], { env, input: entries });
    const tree = await git.get(["write-tree"], { env });
    const signs = (await git.ask(["config", "--type=bool", "--get", "commit.gpgSign"])) === "true";
    return await git.get(["commit-tree", tree, "-p", tip, ...(signs ? ["-S"] : [])], {
      env: identity,
      input: `${message}\n`,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether the one commit that the branch has beyond another touches these files alone, so that it can be made anew. */
export async function isOnlyBump({ git }: Checkout, tip: string, files: readonly ReadFile[]): Promise<boolean> {
  if ((await git.get(["rev-list", "--count", `${tip}..HEAD`])) !== "1") return false;
  const others = literal(pathspecs(git, files)).map((path) => path.replace("(literal)", "(exclude,literal)"));
  return (await git.get(["diff", "--name-only", "HEAD~1", "HEAD", "--", ":/", ...others])) === "";
}

/**
 * Brings the checkout to a commit that was made beside it. What is staged or changed in other files stays so.
 *
 * @returns false where changes of the user stand in the way; the checkout is then as before
 */
export async function adopt({ git, branch }: Checkout, commit: string): Promise<boolean> {
  const head = await git.get(["rev-parse", "HEAD"]);
  await git.try(["update-index", "-q", "--refresh"]);
  const { code } = await git.try(["read-tree", "-m", "-u", head, commit]);
  if (code !== 0) return false;
  await git.get(["update-ref", "-m", "factory bump: made anew", `refs/heads/${branch}`, commit, head]);
  return true;
}
