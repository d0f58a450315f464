import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { join } from "node:path";

const command = join(__dirname, "..", "..", "..", "bin", "factory.js");

/** No configuration of this machine, and an author. */
function environment(home: string): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "A",
    GIT_AUTHOR_EMAIL: "a@example.org",
    GIT_COMMITTER_NAME: "A",
    GIT_COMMITTER_EMAIL: "a@example.org",
  };
}

/** What git prints in a folder. */
export function gitIn(home: string, cwd: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd, env: environment(home), encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout.trim();
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs `factory bump` as a process of its own, which can be watched. */
export function startBump(
  home: string,
  cwd: string,
  args: readonly string[],
  watch: (child: ChildProcess) => void = () => undefined,
): Promise<Ended> {
  const child = spawn(process.execPath, [command, "bump", ...args], {
    cwd,
    env: environment(home),
    stdio: ["ignore", "pipe", "pipe"],
  });
  watch(child);
  let [out, err] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (out += text.toString()));
  child.stderr.on("data", (text: Buffer) => (err += text.toString()));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}
