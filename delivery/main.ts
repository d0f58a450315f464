import { Command, CommanderError } from "commander";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../model/problem";
import { corefileCommand } from "./corefile";
import { ExitCode } from "./exit-code";
import { labCommand } from "./lab";
import { startCommand } from "./start";
import { validateCommand } from "./validate";

const { version } = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8")) as { version: string };

/** The `factory` command: one file a subcommand, this is their list. */
export function factory(): Command {
  return new Command("factory")
    .description("Runs a GitOps software factory: validates its catalogue, edits its DNS, and runs the lab")
    .version(version)
    .showSuggestionAfterError()
    .showHelpAfterError("(--help shows what can be written)")
    .addCommand(startCommand())
    .addCommand(labCommand())
    .addCommand(validateCommand())
    .addCommand(corefileCommand())
    .addHelpText("after", exitCodes);
}

const exitCodes = `
Exit codes:
  0  done
  1  a mistake that you can mend; standard error says where and how
  2  the command was called wrongly
  3  the answer is no (status: not running)
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

/** Commander exits by itself on a usage error unless each command is told to throw; codes are ours to choose. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  command.commands.forEach(throwInsteadOfExit);
}

async function main(): Promise<void> {
  // A closed pipe (`factory corefile … | head`) ends the command quietly, as with any other tool.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? ExitCode.Done : ExitCode.Bug);
  });
  const command = factory();
  throwInsteadOfExit(command);
  try {
    await command.parseAsync(process.argv);
  } catch (error) {
    process.exitCode = report(error);
  }
}

void main();
