import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const factory = join(__dirname, "..", "..", "..", "bin", "factory.js");

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The `factory` command in a process group of its own, as a shell starts it, but without a terminal. */
export class FactoryCommand {
  readonly outcome: Promise<Outcome>;
  private readonly child;
  private stdout = "";
  private stderr = "";

  /** @param env added to that of the tests */
  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, [factory, ...args], {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    this.child.stdout.setEncoding("utf8").on("data", (text: string) => (this.stdout += text));
    this.child.stderr.setEncoding("utf8").on("data", (text: string) => (this.stderr += text));
    this.outcome = once(this.child, "close").then(([code]) => ({
      code: code as number | null,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
  }

  /** Resolves when the text was printed, and when the command ends. */
  async says(text: string): Promise<void> {
    const printed = new Promise<void>((resolve) => {
      const look = (): void => {
        if (`${this.stdout}\n${this.stderr}`.includes(text)) resolve();
      };
      for (const stream of [this.child.stdout, this.child.stderr]) stream.on("data", look);
      look();
    });
    await Promise.race([printed, this.outcome]);
  }

  /** Sends the signal to the command alone, as a supervisor does. */
  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** What Ctrl-C does: the signal goes to the whole group. */
  interrupt(): void {
    if (this.child.pid !== undefined) process.kill(-this.child.pid, "SIGINT");
  }
}
