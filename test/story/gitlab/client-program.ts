import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { installPackages } from "../../../lab/toolchain/apt-get";
import { buildFlags, runGo } from "../../../lab/toolchain/go-command";
import { cacheRoot } from "../../../manifests/cache";
import type { Double } from "../../unit/lab/gitlab/support/double";

const run = promisify(execFile);

/** Debian's own Python: its packages are for no other. */
export const python = "/usr/bin/python3";

/** Makes sure that Debian's Python has a GitLab client. */
export async function ensurePythonGitLab(): Promise<void> {
  try {
    execFileSync(python, ["-c", "import gitlab"], { stdio: "ignore" });
  } catch {
    const logs = join(resolve(cacheRoot(process.env)), "logs");
    mkdirSync(logs, { recursive: true });
    const log = join(logs, "debian-packages.log");
    await installPackages(["python3-gitlab"], { env: process.env, log, detail: () => undefined });
  }
}

/** Builds the Go program of a folder; Go's own cache makes that quick from the second time on. @returns its path */
export async function buildGoProgram(folder: string, into: string): Promise<string> {
  const program = join(into, "program");
  const temporary = mkdtempSync(join(into, "go-"));
  const options = { cwd: folder, env: process.env, temporary, log: join(into, "go.log") };
  const result = await runGo(["build", ...buildFlags({}), "-o", program, "."], options);
  if (!result.ok) throw new Error(result.stderr);
  return program;
}

/**
 * Runs a client against a double, whose address and administrator's token it finds in its environment, and nothing
 * else: no proxy, no configuration of a user's. @returns what it has written
 */
export async function runClient({ gitlab }: Double, program: string, ...args: readonly string[]): Promise<string> {
  const env = {
    PATH: process.env["PATH"],
    HOME: gitlab.folder,
    GITLAB_URL: gitlab.url,
    GITLAB_TOKEN: gitlab.rootToken,
  };
  const { stdout } = await run(program, args, { env, maxBuffer: 16 * 1024 * 1024 });
  return stdout;
}
