import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** The folders of one run; they are removed when it is over. */
export interface Workspace {
  readonly folder: string;
  /** The repository at the pipeline's commit: CI_PROJECT_DIR. */
  readonly checkout: string;
  /** What gitlab-ci-local reads and writes beside the checkout, which stays as Git made it. */
  readonly state: string;
  readonly home: string;
  /** Holds the file variables. */
  readonly files: string;
}

export interface Checkout {
  /** git's path. */
  readonly git: string;
  /** The bare repository's folder. */
  readonly repository: string;
  readonly sha: string;
  /** The address of the remote `origin`, without credentials. */
  readonly origin: string;
  /** How many commits; 0 for all. */
  readonly depth: number;
  /** Another commit to have, which `rules:changes` compares with. */
  readonly base?: string;
}

/** Makes the empty folders of a run, below a folder for all runs. */
export function makeWorkspace(runs: string, name: string): Workspace {
  const folder = join(runs, name);
  rmSync(folder, { recursive: true, force: true });
  const workspace: Workspace = {
    folder,
    checkout: join(folder, "checkout"),
    state: join(folder, "state"),
    home: join(folder, "home"),
    files: join(folder, "checkout.tmp"),
  };
  for (const part of [workspace.checkout, workspace.state, workspace.home, workspace.files]) {
    mkdirSync(part, { recursive: true, mode: 0o700 });
  }
  return workspace;
}

export function removeWorkspace({ folder }: Workspace): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

/** Puts file variables where their paths lead. */
export function writeFiles({ files }: Workspace, contents: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(contents)) writeFileSync(join(files, name), content, { mode: 0o600 });
}

/**
 * Fetches a commit into the checkout and has it there with a detached HEAD, as GitLab's runner does. For the sake of
 * `rules:changes`, `origin/main` stands for the commit to compare with: gitlab-ci-local takes that from there.
 */
export async function checkOut(workspace: Workspace, options: Checkout): Promise<void> {
  const { git, repository, sha, origin, depth, base } = options;
  const run = (...args: readonly string[]): Promise<unknown> =>
    promisify(execFile)(git, [...args], {
      cwd: workspace.checkout,
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: workspace.home,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_TERMINAL_PROMPT: "0",
      },
    });
  await run("init", "--quiet", "--initial-branch=checkout");
  await run("remote", "add", "origin", origin);
  const wanted = [
    `+${sha}:refs/pipelines/commit`,
    ...(base === undefined ? [] : [`+${base}:refs/remotes/origin/main`]),
  ];
  // A commit that no ref names any more may still be asked for, as from GitLab.
  const upload = `--upload-pack=${git} -c uploadpack.allowAnySHA1InWant=true upload-pack`;
  const limit = depth > 0 ? [`--depth=${String(depth)}`] : [];
  await run("fetch", "--quiet", "--no-tags", ...limit, upload, `file://${repository}`, ...wanted);
  if (base !== undefined) await run("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
  await run("checkout", "--quiet", "--detach", sha);
}
