import { Argument, Command } from "commander";
import { join } from "node:path";
import { answer, type Answer } from "./completion/answer";
import { namesOf } from "./completion/names";
import { scriptOf, type Shell, shells } from "./completion/scripts";
import { type CommandShape, shapeOf } from "./completion/shape";
import { rememberedShape } from "./completion/shape-cache";
import { commandGroups } from "./commands";
import { loadCommand, type LoadModule } from "./load-command";

/** The program that the scripts call. */
const PROGRAM = join(__dirname, "..", "bin", "factory.js");

/** `factory completion`: what makes a shell complete commands, options and names by TAB. */
export function completionCommand(load?: LoadModule): Command {
  return new Command("completion")
    .description("prints what makes a shell complete commands, options and names by TAB")
    .usage("[options] <shell>")
    .helpCommand(false)
    .addArgument(new Argument("<shell>", "whose script it is").choices(shells))
    .addHelpText("after", help)
    .addCommand(answerCommand(load), { hidden: true })
    .action((shell: Shell) => {
      process.stdout.write(scriptOf(shell, PROGRAM));
    });
}

const help = `
The script completes factory and npx factory: commands, options, choices, and
the stacks, environments, projects, rules and labs that there are. Write it to a
file, as npx takes a second to print it, and read that file from now on. It asks
this installation, so print it anew when that has moved.

Examples:
  $ npx factory completion bash > ~/.factory-completion
  $ echo '. ~/.factory-completion' >> ~/.bashrc
  $ npx factory completion zsh > ~/.factory-completion.zsh   # after compinit
  $ npx factory completion fish > ~/.config/fish/completions/factory.fish
  $ . <(npx factory completion bash)                         # this shell alone

Exit codes: 0 the script is on standard output; 2 the shell is none of these.`;

/** What the scripts ask: completes the words, of which the last one is begun. */
function answerCommand(load?: LoadModule): Command {
  return new Command("answer").argument("[words...]").action(async (words: readonly string[]) => {
    const root = await rootShape(words, load);
    const places = { cwd: process.cwd(), env: process.env };
    process.stdout.write(textOf(answer(root, words, (kind, before) => namesOf(kind, before, places))));
  });
}

/** `factory` with the shape of the subcommand that is written; of the others, the name is enough. */
async function rootShape(words: readonly string[], load?: LoadModule): Promise<CommandShape> {
  const called = words.slice(0, -1).find((word) => !word.startsWith("-"));
  const entries = Object.values(commandGroups).flatMap((group) => Object.entries(group));
  const commands = entries.map(async ([name, description]): Promise<CommandShape> => {
    if (name === called) return rememberedShape(name, async () => shapeOf(await loadCommand(name, load)));
    return { name, description, options: [], arguments: [], commands: [] };
  });
  return {
    name: "factory",
    description: "",
    options: [
      { names: ["--help", "-h"], description: "prints this help" },
      { names: ["--version", "-V"], description: "prints the version" },
    ],
    arguments: [],
    commands: [...(await Promise.all(commands)), HELP],
  };
}

const HELP: CommandShape = {
  name: "help",
  description: "prints the help of a command",
  options: [],
  arguments: [{ kind: "command" }],
  commands: [],
};

/** A line for each word, with its description behind a tab; what begins with a colon is for the shell to complete. */
function textOf(answered: Answer): string {
  if (typeof answered === "string") return `:${answered}\n`;
  return answered.map(({ word, description }) => `${word}\t${description}\n`).join("");
}
