import type { Corefile, ServerBlock } from "./corefile";

/** The comment line above each server block that the factory keeps. Stable: blocks in live clusters carry it. */
export const MARK = "# managed by gitops-factory";

/** A part of a text, `end` not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The line of the mark above a block, without its line end; undefined for a block that is not ours. */
export function markOf(corefile: Corefile, block: ServerBlock): Span | undefined {
  const key = block.keys[0]?.token;
  if (key === undefined || key.imported) return undefined;
  const { text, tokens } = corefile;
  const keyLine = lineStart(text, key.start);
  if (keyLine === 0 || text.slice(keyLine, key.start).trim() !== "") return undefined;
  const start = lineStart(text, keyLine - 1);
  const end = keyLine - 1;
  if (text.slice(start, end).replace("\uFEFF", "").trim() !== MARK) return undefined;
  // A quoted word over several lines may hold anything, also a line that looks like the mark.
  const insideWord = tokens.some((token) => token.start < end && token.end > start);
  return insideWord ? undefined : { start: text.startsWith("\uFEFF") && start === 0 ? 1 : start, end };
}

/** What removing a block takes away: from its mark to its closing brace, with the line end. */
export function spanOf(corefile: Corefile, block: ServerBlock): Span | undefined {
  const mark = markOf(corefile, block);
  const { close } = block;
  if (mark === undefined || close === undefined || close.imported) return undefined;
  const { text } = corefile;
  const rest = /^[^\S\n]*(?:#[^\n]*)?(?:\n|$)/.exec(text.slice(close.end));
  if (rest === null) return { start: mark.start, end: close.end };
  const end = close.end + rest[0].length;
  if (text.charAt(end - 1) === "\n" || mark.start === 0) return { start: mark.start, end };
  // The last line of the file has no line end: the one before the mark came with the block.
  const before = text.slice(0, mark.start).replace(/\r?\n$/, "");
  return { start: before.length, end };
}

/** The offset at which the line of `offset` begins. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}
