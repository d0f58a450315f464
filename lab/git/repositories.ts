import { execFile } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { GitFiles } from "./files";

const run = promisify(execFile);

/** The branch that a repository starts with, as on GitLab. */
export const defaultBranch = "main";

/** The environment of the server's git: no configuration but the server's own counts. */
export function gitEnvironment({ gitconfig }: Pick<GitFiles, "gitconfig">): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: gitconfig,
    HOME: dirname(gitconfig),
  };
}

/** Writes what the server's git obeys. */
export function writeGitConfig({ gitconfig, hooks }: Pick<GitFiles, "gitconfig" | "hooks">): void {
  const lines = [
    "[core]",
    `\thooksPath = ${JSON.stringify(hooks)}`,
    "[http]",
    // Who may write is the server's business, in front of git.
    "\treceivepack = true",
    "[uploadpack]",
    // As on GitLab: Argo CD fetches single commits and leaves out what it does not need.
    "\tallowAnySHA1InWant = true",
    "\tallowFilter = true",
    "[receive]",
    // Nothing goes on in the background that would outlive the lab.
    "\tautogc = false",
    "[safe]",
    '\tdirectory = "*"',
    "",
  ];
  mkdirSync(dirname(gitconfig), { recursive: true, mode: 0o700 });
  writeFileSync(gitconfig, lines.join("\n"));
}

/**
 * The path of a repository as clients name it, without slashes around it and without `.git`; absent when it can be no
 * repository's.
 */
export function repositoryPath(asked: string): string | undefined {
  const path = asked.replace(/^\/+|\/+$/g, "").replace(/\.git$/, "");
  const isPath = path.split("/").every((segment) => /^[\w-][\w.-]*$/.test(segment) && !segment.endsWith(".git"));
  return isPath ? path : undefined;
}

/** Where the server keeps the repository of a path. */
export function repositoryFolder({ repositories }: GitFiles, path: string): string {
  return join(repositories, `${path}.git`);
}

/** Makes an empty bare repository; one that is there stays as it is. Throws on a path that can be no repository's. */
export async function createRepository(files: GitFiles, path: string): Promise<string> {
  if (repositoryPath(path) !== path) throw new Error(`${path} can be no repository's path: write it as acme/shop`);
  const folder = repositoryFolder(files, path);
  if (!existsSync(folder)) {
    const args = ["init", "--quiet", "--bare", `--initial-branch=${defaultBranch}`, "--template=", folder];
    await run("git", args, { env: gitEnvironment(files) });
  }
  return folder;
}
