import { type Command, Option } from "commander";
import type { LabChoice } from "../lab/state-dir";

/** Gives a subcommand the options that say which lab is meant. */
export function withLabChoice(command: Command): Command {
  return command
    .option("--name <name>", "the lab of this name")
    .addOption(new Option("--state <dir>", "the lab in this folder").conflicts("name"));
}

/** The arguments that mean the same lab again, as a shell reads them, with a blank before each. */
export function choiceArguments({ name, state }: LabChoice): string {
  if (state !== undefined) return ` --state ${shellWord(state)}`;
  return name === undefined ? "" : ` --name ${name}`;
}

/** Text in quotes, of which a POSIX shell makes the text again. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
