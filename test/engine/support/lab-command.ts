import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FactoryCommand, type Outcome } from "./factory-command";

/** `factory lab …` on the lab of a folder. */
export class LabCommand extends FactoryCommand {
  constructor(subcommand: string, stateDir: string, flags: readonly string[] = []) {
    super(["lab", subcommand, "--state", stateDir, ...flags]);
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
