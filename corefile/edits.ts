import type { Corefile, ServerBlock, Word } from "./corefile";
import type { Token } from "./lexer";
import { lineStart, type Span } from "./mark";
import { indentAt, type Style } from "./style";

/** A replacement of one part of a text. */
export interface Edit extends Span {
  readonly text: string;
}

/** Makes all replacements at once; they may touch each other, not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const ordered = [...edits].sort((one, other) => one.start - other.start || one.end - other.end);
  let result = "";
  let at = 0;
  for (const edit of ordered) {
    if (edit.start < at) throw new Error("edits overlap");
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Puts `content` on a line of its own before the line, or the rest of the line, that begins with `token`. */
export function lineBefore(corefile: Corefile, token: Token, content: string, style: Style): Edit {
  const { text } = corefile;
  if (indentAt(text, token.start) === undefined) {
    const inserted = `${content.trimStart()}${style.lineEnd}${style.indent}`;
    return { start: token.start, end: token.start, text: inserted };
  }
  const start = Math.max(lineStart(text, token.start), text.startsWith("\uFEFF") ? 1 : 0);
  return { start, end: start, text: `${content}${style.lineEnd}` };
}

/** Takes the words out, with their lines if nothing else stands on them. */
export function removeWords(corefile: Corefile, words: readonly Word[]): Edit | undefined {
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const { text } = corefile;
  const rest = /^[^\S\n]*(?:#[^\n]*)?\n/.exec(text.slice(last.end));
  if (rest === null || indentAt(text, first.start) === undefined)
    return { start: first.start, end: last.end, text: "" };
  return { start: lineStart(text, first.start), end: last.end + rest[0].length, text: "" };
}

/** The word before which a further plugin goes: the block's `forward`, or else its closing brace. */
export function insertionPoint(block: ServerBlock): Token | undefined {
  const forward = block.directives.find((directive) => directive.name === "forward")?.words[0];
  return forward?.imported === false ? forward : block.close;
}
