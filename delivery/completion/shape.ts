import type { Argument, Command, Option } from "commander";

/** What may be written after `factory`, as far as completion needs it: plain data, so that it can be kept in a file. */
export interface CommandShape {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionShape[];
  /** The last one may be repeated where it is variadic. */
  readonly arguments: readonly ValueShape[];
  readonly commands: readonly CommandShape[];
}

export interface OptionShape {
  /** As it is written: `--stack`, `-s`. */
  readonly names: readonly string[];
  readonly description: string;
  /** Absent for a switch, and where the value may be left out. */
  readonly value?: ValueShape;
}

/** What a value can be: one of some words, one of the names of a kind, or a path. */
export interface ValueShape {
  readonly choices?: readonly string[];
  readonly kind?: ValueKind;
  readonly variadic?: true;
}

export type NameKind = "stack" | "project" | "environment" | "rule" | "lab" | "command";
export type ValueKind = NameKind | "file" | "folder";

/** Which kind the options of these names have; placeholders such as `<file>` tell the rest. */
const KINDS: Readonly<Record<string, ValueKind>> = {
  stack: "stack",
  project: "project",
  environment: "environment",
  rule: "rule",
  command: "command",
  file: "file",
  files: "file",
  preview: "file",
  dir: "folder",
  folder: "folder",
};

/** The shape of a command and of all that is below it; what help hides is not in it. */
export function shapeOf(command: Command): CommandShape {
  const help = command.createHelp();
  return {
    name: command.name(),
    description: command.description(),
    options: help.visibleOptions(command).map((option) => optionShape(option, command)),
    arguments: command.registeredArguments.map(argumentShape),
    commands: help.visibleCommands(command).map(shapeOf),
  };
}

function optionShape(option: Option, command: Command): OptionShape {
  const { short, long, description, flags, argChoices } = option;
  const names = [long, short].filter((name) => name !== undefined);
  if (!option.required) return { names, description };
  const [, placeholder = ""] = /[<[]([\w-]+)(?:\.\.\.)?[>\]]/.exec(flags) ?? [];
  // Labs are the only things that are chosen by --name.
  const isLab = long === "--name" && command.options.some((other) => other.long === "--state");
  const kind = isLab ? "lab" : (KINDS[option.name()] ?? KINDS[placeholder]);
  return { names, description, value: valueShape(argChoices, kind) };
}

function argumentShape(argument: Argument): ValueShape {
  const shape = valueShape(argument.argChoices, KINDS[argument.name()]);
  return argument.variadic ? { ...shape, variadic: true } : shape;
}

function valueShape(choices: readonly string[] | undefined, kind: ValueKind | undefined): ValueShape {
  return { ...(choices !== undefined && { choices }), ...(kind !== undefined && { kind }) };
}
