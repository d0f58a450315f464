import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Workspace } from "./workspace";

/** Where the tool's script is, and what it and the jobs find on PATH. */
export interface GitLabCiLocal {
  readonly script: string;
  readonly path: string;
}

export interface ToolRun {
  /** null when it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ToolOptions {
  readonly signal?: AbortSignal;
  /** Gets each line of both streams as it comes. */
  readonly onLine?: (line: string) => void;
}

/**
 * Variables that the tool sets by itself, from Git or made up. Those that GitLab would not set are taken away; see
 * predefined-variables.js and job.js in its package.
 */
const inventions = [
  "CI_COMMIT_BRANCH", "CI_COMMIT_DESCRIPTION", "CI_COMMIT_TAG", "CI_DEPENDENCY_PROXY_DIRECT_GROUP_IMAGE_PREFIX",
  "CI_DEPENDENCY_PROXY_GROUP_IMAGE_PREFIX", "CI_DEPENDENCY_PROXY_SERVER", "CI_DEPENDENCY_PROXY_USER", "CI_ENVIRONMENT_ACTION",
  "CI_ENVIRONMENT_NAME", "CI_ENVIRONMENT_SLUG", "CI_ENVIRONMENT_TIER", "CI_ENVIRONMENT_URL", "CI_REGISTRY",
  "CI_REGISTRY_IMAGE", "CI_TEMPLATE_REGISTRY_HOST", "FF_DISABLE_UMASK_FOR_DOCKER_EXECUTOR",
]; // prettier-ignore

/**
 * Runs gitlab-ci-local in a workspace. Variables go by the file that it reads them from, never by its command line, which
 * anybody on the machine can see. It and all that it starts are one process group, killed as a whole on an abort.
 */
export function runTool(
  tool: GitLabCiLocal,
  workspace: Workspace,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
  { signal, onLine }: ToolOptions = {},
): Promise<ToolRun> {
  writeVariables(workspace, variables);
  const absent = inventions.filter((name) => !(name in variables));
  const options = [
    ...["--state-dir", "../state", "--home", workspace.home, "--variables-file", "../state/no-variables"],
    ...["--force-shell-executor", "--no-color", "--max-job-name-padding", "0"],
    ...absent.flatMap((name) => ["--unset-variable", name]),
  ];
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(process.execPath, [tool.script, ...args, ...options], {
      cwd: workspace.checkout,
      env: { PATH: tool.path, HOME: workspace.home, LANG: "C.UTF-8" },
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const kill = (): void => {
      killGroup(child.pid);
    };
    signal?.addEventListener("abort", kill);
    const out = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      createInterface({ input: child[name] }).on("line", (line) => {
        if (onLine === undefined) out[name] += `${line}\n`;
        else onLine(line);
      });
    }
    child.on("error", reject);
    child.on("close", (code) => {
      signal?.removeEventListener("abort", kill);
      // What a job has left in the background ends with it, as with a container.
      kill();
      resolve({ code, ...out });
    });
  });
}

function writeVariables({ state }: Workspace, variables: Readonly<Record<string, string>>): void {
  const global = Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, { type: "variable", values: { "*": value } }]),
  );
  // JSON is YAML, and quotes each value.
  writeFileSync(join(state, "variables.yml"), JSON.stringify({ global }), { mode: 0o600 });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nothing of it is left.
  }
}
