import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument } from "yaml";
import type { Node, Pair, YAMLMap, YAMLSeq } from "yaml";
import { isDeepStrictEqual } from "node:util";
import { formatPath, type Path } from "../../model/report";
import { applyEdits, fillEmpty, setScalar, Unwritable, written, type Edit } from "../bump/slot";

/** A text, or a list of texts. */
export type Value = string | readonly string[];

const MARK = "\uFEFF";

/**
 * Sets a value at a path of a YAML text and changes no other byte: one that is there changes in its place and its quotes;
 * what is missing on the way is added behind the last entry of the map or list that is there, in its style.
 *
 * @returns the new text, the same one where the value is there already
 * @throws Unwritable where the text is written in a way that a change of single characters cannot follow
 */
export function setValue(text: string, path: Path, value: Value): string {
  const mark = text.startsWith(MARK) ? MARK : "";
  const bare = text.slice(mark.length);
  const before = parseDocument(bare, { prettyErrors: false });
  const edit = editOf(bare, before.contents, path, value);
  const after = applyEdits(bare, edit === undefined ? [] : [edit]);
  // What an anchor repeats elsewhere, or a reader takes otherwise than it is meant, comes out here.
  const wanted = withValue(before.toJS() as unknown, path, value);
  const document = parseDocument(after, { prettyErrors: false });
  if (document.errors.length > 0 || !isDeepStrictEqual(document.toJS() as unknown, wanted)) {
    throw new Unwritable(
      `setting ${formatPath(path)} here would change more than that`,
      "write the value by hand, or write out what anchors and aliases repeat",
      before.getIn(path, true) as Node | undefined,
    );
  }
  return mark + after;
}

function editOf(text: string, root: Node | null, path: Path, value: Value): Edit | undefined {
  let container = root;
  for (const [index, step] of path.entries()) {
    const entry = isMap(container) ? pairOf(container, step) : isSeq(container) ? itemOf(container, step) : undefined;
    if (entry === undefined) return insert(text, container, path.slice(index), value);
    const node = entry.value as Node | null;
    if (isAlias(node)) throw new Unwritable("the value comes by an alias", "write the value out", node);
    const rest = path.slice(index + 1);
    const isNothing = node === null || (isScalar(node) && node.value === null);
    if (isNothing && (rest.length > 0 || typeof value !== "string")) return fill(text, entry, rest, value);
    if (rest.length === 0) return typeof value === "string" ? replace(text, entry, value) : undefined;
    container = node;
  }
  return undefined;
}

type Entry = Pick<Pair, "value"> & { readonly key?: unknown };

function pairOf(map: YAMLMap, step: string | number): Entry | undefined {
  return map.items.find((pair) => isPair(pair) && isScalar(pair.key) && String(pair.key.value) === String(step));
}

function itemOf(list: YAMLSeq, step: string | number): Entry | undefined {
  const value = list.items[Number(step)];
  return value === undefined ? undefined : { value };
}

function replace(text: string, entry: Entry, value: string): Edit | undefined {
  const node = entry.value;
  return isScalar(node) && node.value === value ? undefined : setScalar(text, entry, value);
}

/** `prod:` without a value, or with a written null, gets a map on its line. */
function fill(text: string, entry: Entry, rest: Path, value: Value): Edit {
  const range = isScalar(entry.value) ? entry.value.range : undefined;
  const inner = rest.length === 0 ? flow(value) : `{ ${nested(rest, value)} }`;
  if (range && range[1] > range[0]) return { start: range[0], end: range[1], text: inner };
  return fillEmpty(text, entry, inner);
}

function insert(text: string, container: Node | null, rest: Path, value: Value): Edit {
  if (!isMap(container) && !isSeq(container)) {
    throw new Unwritable("there is no map here to which it could be added", "write it by hand", container ?? undefined);
  }
  const item = isSeq(container)
    ? rest.length === 1
      ? flow(value)
      : `{ ${nested(rest.slice(1), value)} }`
    : nested(rest, value);
  const last = container.items.at(-1);
  if (container.flow === true) {
    if (last !== undefined) return at(endOf(text, last), `, ${item}`);
    const open = (container.range?.[0] ?? 0) + 1;
    return { start: open, end: (container.range?.[1] ?? open + 1) - 1, text: isMap(container) ? ` ${item} ` : item };
  }
  const lines = isSeq(container) ? [`- ${item}`] : block(rest, value);
  const column = columnOf(text, container);
  const newline = /\r?\n/.exec(text)?.[0] ?? "\n";
  const end = last === undefined ? 0 : endOf(text, last);
  const line = text.slice(end).search(/\r?\n|$/) + end;
  return at(line, lines.map((one) => `${newline}${" ".repeat(column)}${one}`).join(""));
}

function at(offset: number, text: string): Edit {
  return { start: offset, end: offset, text };
}

/** The column of a block's entries; of a list's, that of its dashes. */
function columnOf(text: string, container: YAMLMap | YAMLSeq): number {
  const start = container.range?.[0] ?? 0;
  return start - (text.lastIndexOf("\n", start - 1) + 1);
}

/** Where the last character of an entry is, comments and blank lines after it left out. */
function endOf(text: string, entry: unknown): number {
  if (isPair(entry)) {
    const value = entry.value as Node | null;
    const isNothing = value === null || (isScalar(value) && value.range?.[0] === value.range?.[1]);
    if (!isNothing) return endOf(text, value);
    const key = (entry.key as Node).range?.[1] ?? 0;
    return key + (/^[ \t]*:/.exec(text.slice(key))?.[0].length ?? 0);
  }
  const node = entry as Node;
  if ((isMap(node) || isSeq(node)) && node.flow !== true && node.items.length > 0)
    return endOf(text, node.items.at(-1));
  const [start, end] = [node.range?.[0] ?? 0, node.range?.[1] ?? 0];
  return start + text.slice(start, end).trimEnd().length;
}

/** `environments: { prod: { revision: v1 } }` without the outermost braces. */
function nested([step = "", ...rest]: Path, value: Value): string {
  const inner = rest.length === 0 ? flow(value) : `{ ${nested(rest, value)} }`;
  return `${word(String(step))}: ${inner}`;
}

/** The same as lines, each map one step further in. */
function block([step = "", ...rest]: Path, value: Value): string[] {
  if (rest.length === 0) return [nested([step], value)];
  return [`${word(String(step))}:`, ...block(rest, value).map((line) => `  ${line}`)];
}

function flow(value: Value): string {
  return typeof value === "string" ? word(value) : `[${value.map(word).join(", ")}]`;
}

/** A plain word, or one in quotes where braces or YAML's readers would take it for something else. */
function word(text: string): string {
  return /[,[\]{}]/.test(text) ? JSON.stringify(text) : written(text);
}

/** What the text is to mean afterwards. */
function withValue(tree: unknown, [step, ...rest]: Path, value: Value): unknown {
  if (step === undefined) return value;
  if (Array.isArray(tree)) {
    const items = [...(tree as unknown[])];
    items[Number(step)] = withValue(items[Number(step)], rest, value);
    return items;
  }
  const map = (tree ?? {}) as Record<string, unknown>;
  return { ...map, [step]: withValue(map[step], rest, value) };
}
