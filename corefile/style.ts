import type { Corefile, ServerBlock, Word } from "./corefile";
import { lineStart } from "./mark";

/** How a Corefile is laid out, so that new lines look like its own. */
export interface Style {
  readonly lineEnd: string;
  /** Before the key of a server block. */
  readonly keyIndent: string;
  /** Before a plugin. */
  readonly indent: string;
}

/** The layout of the block, if one is given, or of the file's first block with braces; four spaces by default. */
export function styleOf(corefile: Corefile, block?: ServerBlock): Style {
  const { text, blocks } = corefile;
  const lineEnd = /\r?\n/.exec(text)?.[0] ?? "\n";
  const model = block ?? blocks.find((candidate) => candidate.open !== undefined && !isImported(candidate));
  const keyIndent = model === undefined ? "" : (indentAt(text, model.keys[0]?.token.start) ?? "");
  const firsts = (model?.directives ?? []).map((directive) => directive.words[0]);
  const indents = firsts.flatMap((word) => (word?.imported === false ? [indentAt(text, word.start)] : []));
  return { lineEnd, keyIndent, indent: indents.find((indent) => indent !== undefined) ?? `${keyIndent}    ` };
}

export function isImported(block: ServerBlock): boolean {
  return block.keys.some((key) => key.token.imported);
}

/** The spaces before a word that begins its line; undefined for a word that does not. */
export function indentAt(text: string, offset: number | undefined): string | undefined {
  if (offset === undefined) return undefined;
  const before = text.slice(lineStart(text, offset), offset).replace("\uFEFF", "");
  return before.trim() === "" ? before : undefined;
}

/** Lays a directive out anew, its words spelled as in the file that they come from. */
export function renderDirective(corefile: Corefile, words: readonly Word[], style: Style): string {
  const lines: string[][] = [];
  let line = -1;
  for (const word of words) {
    if (word.line !== line) lines.push([]);
    line = word.line;
    lines.at(-1)?.push(spelling(corefile, word));
  }
  let depth = 0;
  const printed = lines.map((spelled) => {
    if (spelled[0] === "}") depth -= 1;
    const text = style.indent + style.indent.slice(style.keyIndent.length).repeat(depth) + spelled.join(" ");
    if (spelled.at(-1) === "{") depth += 1;
    return text;
  });
  return printed.join(style.lineEnd);
}

function spelling(corefile: Corefile, word: Word): string {
  if (word.file === "") return corefile.text.slice(word.start, word.end);
  return /[\s"#]/.test(word.text) || word.text === "" ? `"${word.text.replaceAll('"', '\\"')}"` : word.text;
}
