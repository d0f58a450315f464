import { join } from "node:path";
import type { Lab } from "../lab/lab";
import { ExitCode } from "./exit-code";
import { askPulumi, type PulumiContext, showPulumi } from "./pulumi-command";
import { removeStaleLocks } from "./stale-locks";

/** The stack that is made for the lab. */
export const LAB_STACK = "dev";

/** The Pulumi CLI ended badly, and has said why. */
class PulumiFailed extends Error {}

/** The stack of the lab, updated and looked at by the Pulumi CLI. */
export class LabStack {
  readonly #context: PulumiContext;

  constructor(
    private readonly lab: Pick<Lab, "env">,
    signal: AbortSignal,
    again: AbortSignal,
  ) {
    this.#context = { root: join(__dirname, ".."), env: lab.env, signal, again };
  }

  /** Makes the stack the selected one, and before that makes it where it is missing. */
  async select(): Promise<void> {
    await this.ask("stack", "select", "--create", LAB_STACK);
  }

  /** `pulumi up` in the user's view. */
  async update(...flags: readonly string[]): Promise<void> {
    const backend = this.lab.env["PULUMI_BACKEND_URL"] ?? "";
    for (const pid of removeStaleLocks(backend, "gitops-factory", LAB_STACK)) {
      process.stderr.write(`an earlier pulumi (process ${String(pid)}) was cut off: this one completes its work\n`);
    }
    const usual = ["--yes", "--skip-preview", "--suppress-outputs", "--stack", LAB_STACK];
    if ((await showPulumi(this.#context, ["up", ...usual, ...flags])) !== 0) throw new PulumiFailed();
  }

  /** The stack's outputs as JSON; secrets are masked unless `--show-secrets` is among the flags. */
  async outputs(...flags: readonly string[]): Promise<unknown> {
    return JSON.parse(await this.ask("stack", "output", "--json", "--stack", LAB_STACK, ...flags)) as unknown;
  }

  /** What a command of the Pulumi CLI prints, which the user only sees when it fails. */
  async ask(...args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await askPulumi(this.#context, args);
    if (exitCode === 0) return stdout;
    process.stderr.write(stderr);
    throw new PulumiFailed();
  }
}

/**
 * Runs work on the lab's stack. When Pulumi fails, or the user interrupts it, says that the lab runs on and which
 * command does the rest; any other error is thrown on.
 */
export async function completing(work: () => Promise<void>, signal: AbortSignal, command: string): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!signal.aborted && !(error instanceof PulumiFailed)) throw error;
    // Pulumi has said why; an interrupt has an exit code of its own.
    process.exitCode ??= ExitCode.UserMistake;
    const what = signal.aborted ? "interrupted" : "not completed";
    process.stderr.write(`${what}: the lab runs on, and what was made so far is kept; \`${command}\` does the rest\n`);
  }
}
