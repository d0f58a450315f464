import { isScalar, parse, Scalar } from "yaml";
import type { Node, Pair, YAMLMap } from "yaml";

/** Replaces the characters from `start` up to `end`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Why a value cannot be set by changing its own characters. */
export class Unwritable extends Error {
  constructor(
    message: string,
    readonly fix: string,
    readonly node?: Node,
  ) {
    super(message);
  }
}

/** Applies edits that do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const { start, end, text: inserted } of [...edits].sort((one, other) => other.start - one.start)) {
    result = result.slice(0, start) + inserted + result.slice(end);
  }
  return result;
}

/** The characters of a value that is written on one line, quotes included. */
export function writtenRange(text: string, node: Node | null | undefined): readonly [start: number, end: number] {
  const range = isScalar(node) ? node.range : undefined;
  if (!isScalar(node) || !range)
    throw new Unwritable("the value is no text", "write the tag as text", node ?? undefined);
  const [start, end] = range;
  const isBlock = node.type === Scalar.BLOCK_FOLDED || node.type === Scalar.BLOCK_LITERAL;
  if (isBlock || /[\r\n]/.test(text.slice(start, end))) {
    throw new Unwritable("the value goes over several lines", "write it on the line of its key", node);
  }
  return [start, end];
}

/** Whether a plain word is text to every reader: YAML 1.1, which Helm reads by, and YAML 1.2. */
function isPlainText(word: string): boolean {
  // Readers differ in what they take for octal, binary and digits with underscores.
  if (/^(?:0[xob]\w*|[\d_]+)$/i.test(word)) return false;
  return (["1.1", "1.2"] as const).every((version) => typeof parse(word, { version, logLevel: "silent" }) === "string");
}

/** An entry of a map; an item of a list has no key. */
export interface Entry {
  readonly key?: unknown;
  readonly value: unknown;
}

/** Sets a scalar in the quotes that it has; one without gets some where the new text would be read as a number. */
export function setScalar(text: string, pair: Entry, value: string): Edit {
  const node = pair.value as Node | null;
  if (isScalar(node) && node.value === null && node.range?.[0] === node.range?.[1])
    return fillEmpty(text, pair, written(value));
  const [start, end] = writtenRange(text, node);
  const quote = /^["']/.exec(text.slice(start, end))?.[0];
  if (quote === undefined) return { start, end, text: written(value) };
  return { start: start + 1, end: end - 1, text: value };
}

/** A value as it is written where there was none. */
export function written(value: string): string {
  return isPlainText(value) ? value : `"${value}"`;
}

/** `tag:` without a value gets one, as it is to be written; so does a bare `tag` between braces. */
export function fillEmpty(text: string, { key, value: empty }: Entry, value: string): Edit {
  const end = isScalar(key) ? key.range?.[1] : undefined;
  const behind = end === undefined ? "" : text.slice(end);
  const colon = /^[ \t]*:/.exec(behind) ?? /^(?=(?:\s|#[^\n]*\n)*[,}])/.exec(behind);
  const isMarked = isScalar(empty) && (empty.anchor !== undefined || empty.tag !== undefined);
  if (end === undefined || !colon || isMarked) {
    throw new Unwritable("the value is missing in a way that cannot be filled in", "write any value there first");
  }
  const start = end + colon[0].length;
  return { start, end: start, text: `${colon[0] === "" ? ":" : ""} ${value}` };
}

/** Gives an entry another key and value, where it stands. */
export function replacePair(text: string, pair: Pair, key: string, value: string): Edit[] {
  const [start, end] = writtenRange(text, pair.key as Node);
  return [{ start, end, text: key }, setScalar(text, pair, value)];
}

/** Writes a further entry after another: on a line of its own in a block, after a comma in braces. */
export function insertPair(text: string, map: YAMLMap, after: Pair, key: string, value: string): Edit {
  const [, end] = writtenRange(text, after.value as Node);
  if (map.flow === true) return { start: end, end, text: `, ${key}: ${written(value)}` };
  const [first] = writtenRange(text, map.items[0]?.key as Node);
  const column = first - (text.lastIndexOf("\n", first - 1) + 1);
  const line = text.slice(end).search(/\r?\n|$/) + end;
  const newline = /\r?\n/.exec(text)?.[0] ?? "\n";
  return { start: line, end: line, text: `${newline}${" ".repeat(column)}${key}: ${written(value)}` };
}

/** Takes an entry out with its line; a comment behind it stays. */
export function removePair(text: string, map: YAMLMap, pair: Pair): Edit {
  const [start] = writtenRange(text, pair.key as Node);
  const [, end] = writtenRange(text, pair.value as Node);
  const next = map.items[map.items.indexOf(pair) + 1]?.key as Node | undefined;
  const isFirst = map.items[0] === pair;
  const blanks = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  if (isFirst && next?.range) {
    const isBare = map.flow === true || !text.slice(end, next.range[0]).includes("#");
    return { start, end: isBare ? next.range[0] : end + blanks, text: "" };
  }
  if (map.flow === true) return { start: text.lastIndexOf(",", start), end, text: "" };
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const rest = /^[ \t]*(\r?\n|$)/.exec(text.slice(end));
  if (rest === null) return { start, end: end + blanks, text: "" };
  // At the end of a text without a last newline, the newline in front goes instead.
  if (rest[1] !== "") return { start: lineStart, end: end + rest[0].length, text: "" };
  return { start: lineStart - (text.slice(0, lineStart).endsWith("\r\n") ? 2 : 1), end: text.length, text: "" };
}
