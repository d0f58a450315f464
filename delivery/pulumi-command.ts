import { type ChildProcess, spawn } from "node:child_process";
import { buffer } from "node:stream/consumers";

/** Where and as what the Pulumi CLI runs. */
export interface PulumiContext {
  /** The folder that holds Pulumi.yaml. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted when the user wants to stop; Pulumi then ends its current step and saves its state. */
  readonly signal: AbortSignal;
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
    ended(child, context.signal),
    child.stdout === null ? Buffer.alloc(0) : buffer(child.stdout),
    child.stderr === null ? Buffer.alloc(0) : buffer(child.stderr),
  ]);
  return { exitCode, stdout: stdout.toString(), stderr: stderr.toString() };
}

/** Runs the Pulumi CLI in the user's view and resolves to its exit code. */
export function showPulumi(context: PulumiContext, args: readonly string[]): Promise<number> {
  return ended(start(context, args, "inherit"), context.signal);
}

function start(
  { root, env, signal }: PulumiContext,
  args: readonly string[],
  output: "pipe" | "inherit",
): ChildProcess {
  signal.throwIfAborted();
  return spawn("pulumi", args, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", output, output] });
}

function ended(child: ChildProcess, signal: AbortSignal): Promise<number> {
  const interrupt = (): void => {
    // On a terminal Ctrl-C has reached Pulumi already, and a second one would make it drop its work half-done.
    if (!process.stdin.isTTY) child.kill("SIGINT");
  };
  signal.addEventListener("abort", interrupt);
  return new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve(code ?? 1);
    });
  }).finally(() => {
    signal.removeEventListener("abort", interrupt);
  });
}
