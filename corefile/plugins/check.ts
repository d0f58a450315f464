import type { Word } from "../corefile";
import { parseCidr } from "../ip";
import { parseDuration, parseUnsigned } from "../go-values";
import { parseInteger } from "../zone";
import type { TokenCursor } from "../token-cursor";

/** What a plugin's set-up code may know of the server block that it is in. */
export interface BlockContext {
  /** The zones of the block's keys, in lower case. */
  readonly zones: readonly string[];
  readonly plugins: ReadonlySet<string>;
}

/**
 * Reads all uses of one plugin in one server block, as its `setup` does: their words are strung together.
 *
 * @throws Refusal where CoreDNS refuses; Unjudged where only CoreDNS itself can tell.
 */
export type PluginCheck = (cursor: TokenCursor<Word>, block: BlockContext) => void;

/** CoreDNS would refuse these arguments. */
export class Refusal extends Error {
  constructor(
    readonly reason: string,
    readonly word: Word | undefined,
    readonly allowed?: string,
  ) {
    super(reason);
    this.name = "Refusal";
  }
}

/** These arguments may be right or wrong: they name a file, or are written in a language that is not read here. */
export class Unjudged extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = "Unjudged";
  }
}

/** How a plugin is written. */
export interface Shape {
  /** Refuses a second use in the same block. */
  readonly once?: boolean;
  /** Judges the arguments on the plugin's own line. Without it, none are allowed. */
  readonly args?: (args: readonly Word[], plugin: Word) => void;
  /** The options in its braces. Without them, braces are not looked for. */
  readonly options?: Readonly<Record<string, Option>>;
  /** What becomes of an unknown option; it is refused by default. */
  readonly otherwise?: Option;
}

/** Reads one option; the cursor stands on its name. */
export type Option = (cursor: TokenCursor<Word>) => void;

/** A check for the usual form: name, arguments, options in braces. */
export function shape(form: Shape): PluginCheck {
  return (cursor) => {
    eachUse(cursor, form);
  };
}

export function eachUse(cursor: TokenCursor<Word>, form: Shape): void {
  let uses = 0;
  while (cursor.next()) {
    const plugin = cursor.current;
    if (plugin === undefined) return;
    uses += 1;
    if (form.once === true && uses > 1) {
      throw new Refusal("the plugin may be used once in a server block", plugin, "one use");
    }
    const judge = form.args ?? noArguments;
    judge(cursor.remainingArguments(), plugin);
    if (form.options !== undefined) readOptions(cursor, form.options, form.otherwise);
  }
}

export function readOptions(cursor: TokenCursor<Word>, options: Readonly<Record<string, Option>>, otherwise?: Option) {
  while (cursor.nextInBlock()) {
    const option = Object.hasOwn(options, cursor.text) ? options[cursor.text] : otherwise;
    if (option === undefined) {
      throw new Refusal(`the option "${cursor.text}" is unknown`, cursor.current, Object.keys(options).join(", "));
    }
    option(cursor);
  }
}

function noArguments(args: readonly Word[]): void {
  expectCount(args, 0, 0, undefined);
}

/** Checks the number of arguments; `at` is the word to blame when there are too few. */
export function expectCount(args: readonly Word[], least: number, most: number, at: Word | undefined): void {
  if (args.length >= least && args.length <= most) return;
  const amount =
    least === most
      ? String(least)
      : most === Infinity
        ? `at least ${String(least)}`
        : `${String(least)} to ${String(most)}`;
  const blamed = args.length > most ? args[most] : (args.at(-1) ?? at);
  throw new Refusal(`there are ${String(args.length)} arguments`, blamed, `${amount} arguments`);
}

/** An option with a fixed number of arguments, each judged by `judge`. */
export function option(least: number, most: number, judge: (args: readonly Word[]) => void = accept): Option {
  return (cursor) => {
    const name = cursor.current;
    const args = cursor.remainingArguments();
    expectCount(args, least, most, name);
    judge(args);
  };
}

/** An option whose one argument is read; what stands behind it on the line is taken for the next option. */
export function single(judge: (word: Word) => void): Option {
  return (cursor) => {
    const name = cursor.current;
    const word = cursor.nextArgument() ? cursor.current : undefined;
    if (word === undefined) throw new Refusal(`"${name?.text ?? ""}" has no argument`, name, "1 argument");
    judge(word);
  };
}

/** Takes the rest of the line, whatever it is. */
export const anything: Option = (cursor) => {
  cursor.remainingArguments();
};

export function accept(): void {
  // Every argument is right.
}

export function integer(word: Word | undefined, least = -Infinity, most = Infinity): number {
  const value = parseInteger(word?.text ?? "");
  if (value !== undefined && value >= least && value <= most) return value;
  throw new Refusal("the number is not right", word, range("a whole number", least, most));
}

export function unsigned(word: Word | undefined, bits: 16 | 32): number {
  const value = parseUnsigned(word?.text ?? "", bits);
  if (value === undefined) throw new Refusal("the number is not right", word, `0 to ${String(2 ** bits - 1)}`);
  return value;
}

/** Seconds of a duration between two limits, both allowed. */
export function duration(word: Word | undefined, least = -Infinity, most = Infinity): number {
  const value = parseDuration(word?.text ?? "");
  if (value !== undefined && value >= least && value <= most) return value;
  throw new Refusal(
    "the duration is not right",
    word,
    range("a number and a unit such as 10s or 5m", least, most, "s"),
  );
}

function range(kind: string, least: number, most: number, unit = ""): string {
  const from = least === -Infinity ? "" : `, at least ${String(least)}${unit}`;
  return most === Infinity ? `${kind}${from}` : `${kind}${from}, at most ${String(most)}${unit}`;
}

export function oneOf(word: Word | undefined, ...values: readonly string[]): void {
  if (!values.includes(word?.text ?? "")) throw new Refusal("the value is unknown", word, values.join(", "));
}

export function network(word: Word): void {
  if (parseCidr(word.text) === undefined) throw new Refusal("this is no network", word, "a network such as 10.0.0.0/8");
}
