import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { buffer } from "node:stream/consumers";

/** Where and as what the Pulumi CLI runs. */
export interface PulumiContext {
  /** The folder that holds Pulumi.yaml. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted when the user wants to stop; Pulumi then ends its current step and saves its state. */
  readonly signal: AbortSignal;
  /** Aborted when the user does not want to wait for that; Pulumi then drops its work half-done. */
  readonly again: AbortSignal;
}

export interface PulumiAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the Pulumi CLI and keeps what it prints. */
export async function askPulumi(context: PulumiContext, args: readonly string[]): Promise<PulumiAnswer> {
  const child = start(context, args, "pipe");
  const [exitCode, stdout, stderr] = await Promise.all([
    ended(child, context),
    child.stdout === null ? Buffer.alloc(0) : buffer(child.stdout),
    child.stderr === null ? Buffer.alloc(0) : buffer(child.stderr),
  ]);
  return { exitCode, stdout: stdout.toString(), stderr: stderr.toString() };
}

/** Runs the Pulumi CLI and hands on each line of its standard output as it comes. */
export async function followPulumi(
  context: PulumiContext,
  args: readonly string[],
  onLine: (line: string) => void,
): Promise<Omit<PulumiAnswer, "stdout">> {
  const child = start(context, args, "pipe");
  if (child.stdout !== null) createInterface({ input: child.stdout }).on("line", onLine);
  const [exitCode, stderr] = await Promise.all([
    ended(child, context),
    child.stderr === null ? Buffer.alloc(0) : buffer(child.stderr),
  ]);
  return { exitCode, stderr: stderr.toString() };
}

/** Runs the Pulumi CLI in the user's view and resolves to its exit code. */
export function showPulumi(context: PulumiContext, args: readonly string[]): Promise<number> {
  return ended(start(context, args, "inherit"), context);
}

/**
 * Pulumi gets a session of its own, so that a terminal's Ctrl-C is for this command alone, which passes it on: of two
 * for one, Pulumi would take the other for the user's insisting.
 */
function start(
  { root, env, signal }: PulumiContext,
  args: readonly string[],
  output: "pipe" | "inherit",
): ChildProcess {
  signal.throwIfAborted();
  return spawn("pulumi", args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", output, output],
    detached: true,
  });
}

function ended(child: ChildProcess, { signal, again }: PulumiContext): Promise<number> {
  const interrupt = (): void => {
    child.kill("SIGINT");
  };
  for (const wish of [signal, again]) wish.addEventListener("abort", interrupt);
  return new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve(code ?? 1);
    });
  }).finally(() => {
    for (const wish of [signal, again]) wish.removeEventListener("abort", interrupt);
  });
}
