import { Command, CommanderError } from "commander";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../model/problem";
import { bumpCommand } from "./bump";
import { corefileCommand } from "./corefile";
import { demoCommand } from "./demo";
import { doctorCommand } from "./doctor";
import { ExitCode } from "./exit-code";
import { labCommand } from "./lab";
import { redeployCommand } from "./redeploy";
import { startCommand } from "./start";
import { statusCommand } from "./status";
import { validateCommand } from "./validate";

const { version } = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8")) as { version: string };

/** The `factory` command: one file a subcommand, this is their list. */
export function factory(): Command {
  const command = new Command("factory")
    .description("runs a GitOps software factory: validates its catalogue, edits its DNS, and runs the lab")
    .version(version, "-V, --version", "prints the version")
    .helpOption("-h, --help", "prints this help")
    .helpCommand("help [command]", "prints the help of a command")
    .showHelpAfterError("(--help shows what can be written)")
    // Commander would exit by itself on a usage error; the exit codes are ours to choose.
    .exitOverride()
    .addCommand(startCommand())
    .addCommand(demoCommand())
    .addCommand(labCommand())
    .addCommand(validateCommand())
    .addCommand(corefileCommand())
    .addCommand(doctorCommand())
    .addCommand(bumpCommand())
    .addCommand(redeployCommand())
    .addCommand(statusCommand())
    .addHelpText("after", exitCodes);
  inherit(command);
  return command;
}

/** What is set for the whole command holds for its subcommands too. */
function inherit(command: Command): void {
  for (const subcommand of command.commands) inherit(subcommand.copyInheritedSettings(command) as Command);
}

const exitCodes = `
Exit codes:
  0  done
  1  a mistake that you can mend; standard error says where and how
  2  the command was called wrongly
  3  the answer is no (lab status: not running; doctor: errors; bump, redeploy: unchanged;
     status --check: something is out of sync or not healthy)
  4  there are warnings (doctor)
  70 a bug in factory itself; please report it with the stack trace`;

/** Prints what went wrong as its reader needs it, and chooses the exit code. */
function report(error: unknown): ExitCode {
  if (error instanceof UserError) {
    process.stderr.write(`${error.message}\n`);
    return ExitCode.UserMistake;
  }
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? ExitCode.Done : ExitCode.Usage;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return ExitCode.Bug;
}

/**
 * Runs the command and sets the process's exit code.
 *
 * @param args what follows `factory`
 */
export async function runFactory(args: readonly string[]): Promise<void> {
  try {
    await factory().parseAsync(args, { from: "user" });
  } catch (error) {
    process.exitCode = report(error);
  }
}
