import { spawn } from "node:child_process";
import { appendFile } from "node:fs/promises";
import { onInterrupt } from "./interrupts";

/** What a run of `go` left behind. */
export interface GoResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

export interface GoOptions {
  readonly cwd: string;
  /** The user's environment; what would change a build is overridden. */
  readonly env: NodeJS.ProcessEnv;
  /** A folder for Go's temporary files. */
  readonly temporary: string;
  /** A file to which the command and what Go says are added. */
  readonly log: string;
}

/** Go is not on PATH. */
export class GoMissing extends Error {}

/** The flags of every build: no path of this machine in a program, no symbols that nobody debugs. */
export function buildFlags(stamps: Readonly<Record<string, string>>): string[] {
  const values = Object.entries(stamps).map(([variable, value]) => `-X ${variable}=${value}`);
  return ["-trimpath", "-buildvcs=false", "-ldflags", ["-s -w", ...values].join(" ")];
}

/** Runs `go` to its end. A run that fails is a result; only a missing Go throws (`GoMissing`). */
export async function runGo(args: readonly string[], options: GoOptions): Promise<GoResult> {
  const result = await new Promise<GoResult>((resolve, reject) => {
    // A process group of its own, so that compilers and linkers end with it.
    const child = spawn("go", args, {
      cwd: options.cwd,
      env: goEnvironment(options),
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = { stdout: "", stderr: "" };
    const forget = onInterrupt(() => {
      output.stderr += "\ninterrupted\n";
      endGroup(child.pid);
    });
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
    child.on("error", (error: NodeJS.ErrnoException) => {
      forget();
      reject(error.code === "ENOENT" ? new GoMissing() : error);
    });
    child.on("close", (code) => {
      forget();
      resolve({ ok: code === 0, ...output });
    });
  });
  const text = `$ go ${args.join(" ")}\n${result.stdout}${result.stderr}`;
  // On a full disk the log cannot be written either, and the result tells why.
  await appendFile(options.log, text).catch(() => undefined);
  return result;
}

/**
 * Go's environment. The proxy, checksum database, caches and toolchain choice stay the user's; a workspace, flags
 * or a target platform of theirs would build something else than what is pinned.
 */
function goEnvironment({ env, temporary }: GoOptions): NodeJS.ProcessEnv {
  const kept = { ...env };
  delete kept["GOOS"];
  delete kept["GOARCH"];
  return { ...kept, CGO_ENABLED: "0", GOFLAGS: "-mod=readonly", GOWORK: "off", GOTMPDIR: temporary };
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGTERM");
  } catch {
    // It ended by itself.
  }
}
