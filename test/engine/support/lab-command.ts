import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const factory = join(__dirname, "..", "..", "..", "bin", "factory.js");

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `factory lab …` in a process group of its own, as a shell starts it on a terminal. */
export class LabCommand {
  readonly outcome: Promise<Outcome>;
  private readonly child;
  private stderr = "";

  constructor(subcommand: string, stateDir: string, flags: readonly string[] = []) {
    this.child = spawn(process.execPath, [factory, "lab", subcommand, "--state", stateDir, ...flags], {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    this.child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    this.child.stderr.setEncoding("utf8").on("data", (text: string) => (this.stderr += text));
    this.outcome = once(this.child, "close").then(([code]) => ({
      code: code as number | null,
      stdout,
      stderr: this.stderr,
    }));
  }

  /** Resolves when standard error holds the text, and when the command ends. */
  async says(text: string): Promise<void> {
    while (!this.stderr.includes(text) && this.child.exitCode === null) {
      await Promise.race([once(this.child.stderr, "data"), this.outcome]);
    }
  }

  /** What Ctrl-C does: the signal goes to the whole group. */
  interrupt(): void {
    if (this.child.pid !== undefined) process.kill(-this.child.pid, "SIGINT");
  }
}

/** Runs the command to its end. */
export function lab(subcommand: string, stateDir: string, ...flags: string[]): Promise<Outcome> {
  return new LabCommand(subcommand, stateDir, flags).outcome;
}

/** The command lines of all processes on the machine that name a folder in their arguments. */
export function processesOf(folder: string): string[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap((pid) => {
      try {
        return [
          readFileSync(join("/proc", pid, "cmdline"), "utf8")
            .replaceAll("\0", " ")
            .trim(),
        ];
      } catch {
        return [];
      }
    })
    .filter((command) => command.includes(folder));
}
