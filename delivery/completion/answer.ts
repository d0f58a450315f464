import type { CommandShape, NameKind, OptionShape, ValueShape } from "./shape";

/** What a shell may offer. */
export interface Candidate {
  readonly word: string;
  readonly description: string;
}

/** Words to offer, or what the shell itself completes best. */
export type Answer = readonly Candidate[] | "files" | "folders";

/** The names of a kind that there are; `words` are those before, for what one of them says, such as --root. */
export type Names = (kind: NameKind, words: readonly string[]) => readonly string[];

/**
 * Completes a command line.
 *
 * @param words what follows `factory`; the last one is only begun, and may be empty
 */
export function answer(root: CommandShape, words: readonly string[], names: Names): Answer {
  const before = words.slice(0, -1);
  const begun = words.at(-1) ?? "";
  const place = read(root, before);
  const offer = (value: ValueShape | undefined, prefix: string): Answer => ofValue(value, prefix, before, names);
  const [, long, prefix] = /^(--[^=]+)=(.*)$/s.exec(begun) ?? [];
  if (long !== undefined && prefix !== undefined) {
    const offered = offer(optionOf(place.command, long)?.value, prefix);
    return typeof offered === "string" ? offered : offered.map((one) => ({ ...one, word: `${long}=${one.word}` }));
  }
  if (place.wants !== undefined) return offer(place.wants, begun);
  if (begun.startsWith("-") && !place.isLiteral) return optionsOf(place, begun);
  const { commands } = place.command;
  if (commands.length > 0) {
    return commands
      .filter(({ name }) => name.startsWith(begun))
      .map(({ name, description }) => ({ word: name, description }));
  }
  const declared = place.command.arguments;
  const last = declared.at(-1);
  return offer(declared[place.given] ?? (last?.variadic === true ? last : undefined), begun);
}

/** Where the last word stands. */
interface Place {
  readonly command: CommandShape;
  /** How many arguments stand before it. */
  readonly given: number;
  /** The value that the option before it wants. */
  readonly wants?: ValueShape;
  readonly used: readonly OptionShape[];
  /** Whether `--` stands before it. */
  readonly isLiteral: boolean;
}

function read(root: CommandShape, words: readonly string[]): Place {
  let place: Place = { command: root, given: 0, used: [], isLiteral: false };
  for (const word of words) place = step(place, word);
  return place;
}

function step({ wants, ...place }: Place, word: string): Place {
  if (wants !== undefined) return place;
  if (place.isLiteral) return { ...place, given: place.given + 1 };
  if (word === "--") return { ...place, isLiteral: true };
  if (word.startsWith("-") && word !== "-") {
    const [name = word, value] = word.split("=", 2);
    const option = optionOf(place.command, name);
    if (option === undefined) return place;
    const used = [...place.used, option];
    return option.value === undefined || value !== undefined
      ? { ...place, used }
      : { ...place, used, wants: option.value };
  }
  const command = place.command.commands.find(({ name }) => name === word);
  return command === undefined ? { ...place, given: place.given + 1 } : { ...place, command, given: 0, used: [] };
}

function optionOf({ options }: CommandShape, name: string): OptionShape | undefined {
  return options.find(({ names }) => names.includes(name));
}

/** Options are offered once, by their long names; those that may be repeated say so. */
function optionsOf({ command, used }: Place, begun: string): readonly Candidate[] {
  return command.options
    .filter((option) => !used.includes(option) || option.description.includes("repeatable"))
    .map(({ names: [word = ""], description }) => ({ word, description }))
    .filter(({ word }) => word.startsWith(begun));
}

function ofValue(value: ValueShape | undefined, prefix: string, words: readonly string[], names: Names): Answer {
  if (value?.choices !== undefined) return plain(value.choices, prefix);
  if (value?.kind === undefined) return [];
  if (value.kind === "file") return "files";
  if (value.kind === "folder") return "folders";
  return plain(names(value.kind, words), prefix);
}

function plain(words: readonly string[], prefix: string): readonly Candidate[] {
  return words.filter((word) => word.startsWith(prefix)).map((word) => ({ word, description: "" }));
}
