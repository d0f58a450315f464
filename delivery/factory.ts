import { Command, CommanderError } from "commander";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../model/problem";
import { suggest } from "../model/suggest";
import { commandGroups } from "./commands";
import { ExitCode } from "./exit-code";
import { refuseTwice } from "./given-twice";
import { importModule, loadCommand, type LoadModule } from "./load-command";
import { printProblems, tellProblems } from "./tell-problems";
import { hasColours, styled } from "./terminal";

const { version } = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8")) as { version: string };

/**
 * The `factory` command.
 *
 * @param isNeeded of which subcommands more than the name and a line of help is needed
 * @param load how their modules are loaded
 */
export async function factory(
  isNeeded: (name: string) => boolean = () => true,
  load: LoadModule = importModule,
): Promise<Command> {
  const command = new Command("factory")
    .description("runs a GitOps software factory: its catalogue, its stacks, its deliveries and its lab")
    .version(version, "-V, --version", "prints the version")
    .helpOption("-h, --help", "prints this help")
    .showHelpAfterError("(--help shows what can be written)")
    // Commander would exit by itself on a usage error; the exit codes are ours to choose.
    .exitOverride()
    .configureHelp({ styleTitle: (title) => styled(title, "bold") })
    .configureOutput({
      getOutHasColors: () => hasColours(process.stdout),
      getErrHasColors: () => hasColours(process.stderr),
      outputError: (text, write) => {
        write(withSuggestion(text.startsWith("error: ") ? text : `error: ${text}`));
      },
    })
    .addHelpText("after", notes);
  for (const [group, names] of Object.entries(commandGroups)) {
    command.commandsGroup(group);
    for (const [name, description] of Object.entries(names)) {
      command.addCommand(isNeeded(name) ? await loadCommand(name, load) : new Command(name).description(description));
    }
  }
  command.helpCommand("help [command]", "prints the help of a command");
  inherit(command);
  return command;
}

/** What is set for the whole command holds for its subcommands too. */
function inherit(command: Command): void {
  refuseTwice(command);
  for (const subcommand of command.commands) inherit(subcommand.copyInheritedSettings(command) as Command);
}

/** Commander suggests commands and options by itself, and of a value only says what is allowed. */
function withSuggestion(error: string): string {
  const [, value, choices] =
    /'([^']*)' is invalid(?: for argument '.*')?\. Allowed choices are (.*)\.\n$/.exec(error) ?? [];
  if (value === undefined || choices === undefined) return error;
  const meant = suggest(value, choices.split(", "));
  return meant === undefined ? error : `${error}(Did you mean ${meant}?)\n`;
}

const notes = `
Examples:
  $ npx factory start                # a whole factory on this machine
  $ npx factory validate --help      # each command has examples
  $ npx factory completion --help    # commands and names by TAB

Exit codes:
  0    done
  1    a mistake that you can mend; standard error says where and how
  2    the command was called wrongly
  3    the answer is no, such as: unchanged, not running, not healthy
  4    there are warnings
  70   a bug in factory itself; please report it with the stack trace
  130  Ctrl-C`;

/** Prints what went wrong as its reader needs it, and chooses the exit code. */
function report(error: unknown, isJson: boolean): ExitCode {
  if (error instanceof UserError) {
    if (isJson) printProblems(error.problems);
    tellProblems(error.problems);
    return ExitCode.UserMistake;
  }
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? ExitCode.Done : ExitCode.Usage;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return ExitCode.Bug;
}

/** The subcommand that is called, or whose help is asked for. */
function calledIn(args: readonly string[]): string | undefined {
  const [first, second] = args.filter((arg) => !arg.startsWith("-"));
  return first === "help" ? second : first;
}

/** Of a call for the help of a command that there is not, what names the command, so that it is refused as any other. */
function withoutVainHelp(command: Command, args: readonly string[]): readonly string[] {
  const path: string[] = [];
  for (const word of args) {
    if (word === "help") continue;
    if (word.startsWith("-") || command.commands.length === 0) return args;
    path.push(word);
    const next = command.commands.find((one) => one.name() === word);
    if (next === undefined) return path;
    command = next;
  }
  return args;
}

/**
 * Runs the command and sets the process's exit code.
 *
 * @param args what follows `factory`
 * @param load how the module of the subcommand is loaded
 */
export async function runFactory(args: readonly string[], load: LoadModule = importModule): Promise<void> {
  let isJson = false;
  try {
    const named = calledIn(args);
    const command = await factory((name) => name === named, load);
    command.hook("preAction", (_, called) => {
      isJson = called.opts()["json"] === true;
    });
    await command.parseAsync(withoutVainHelp(command, args), { from: "user" });
  } catch (error) {
    process.exitCode = report(error, isJson);
  }
}
