/** One word of a Corefile, with the place where it stands. */
export interface Token {
  /** The word without its quotes and escapes, environment variables not yet replaced. */
  readonly text: string;
  /** The line of its first character, from 1, as CoreDNS counts for its error messages. */
  readonly line: number;
  /** Offsets in the text that was lexed: `text.slice(start, end)` is the word as written. */
  readonly start: number;
  readonly end: number;
  /** A quoted word whose closing quote is missing: CoreDNS takes the rest of the file for the word. */
  readonly unterminated: boolean;
  /** The file that it was imported from; the empty string for the Corefile itself. */
  readonly file: string;
  /** Whether an `import` brought it to its place, be it from a file or from a snippet of the same Corefile. */
  readonly imported: boolean;
}

/** What Go's `unicode.IsSpace` takes for a space; JavaScript's `\s` differs by U+0085 and U+FEFF. */
const SPACE = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u;

/** Lines in the words' sense: only `\n` ends one. */
export function countLineBreaks(text: string): number {
  return text.split("\n").length - 1;
}

/**
 * Splits a Corefile into words exactly as CoreDNS does, oddities included, since its verdict depends on them:
 * `"` quotes only at the start of a word, `\"` is the only escape, `#` starts a comment even inside a word, a space
 * after such a word ends the comment too, and a carriage return vanishes wherever it stands outside quotes.
 *
 * Source of the rules: `caddyfile/lexer.go` of coredns/caddy, as CoreDNS 1.14.2 pins it.
 */
export function lex(text: string, file = ""): Token[] {
  const tokens: Token[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const word = nextWord(text, at, line, file);
    if (word.token !== undefined) tokens.push(word.token);
    ({ at, line } = word);
  }
  return tokens;
}

interface Step {
  readonly token: Token | undefined;
  readonly at: number;
  readonly line: number;
}

/** Reads up to and including one word. A comment that ends a word is forgotten with it. */
function nextWord(text: string, from: number, fromLine: number, file: string): Step {
  let at = from;
  let line = fromLine;
  let comment = false;
  let word = "";
  let start = 0;
  let end = 0;
  let wordLine = 0;
  const finish = (): Step => ({
    token: { text: word, line: wordLine, start, end, unterminated: false, file, imported: false },
    at,
    line,
  });

  while (at < text.length) {
    const character = text.charAt(at);
    at += 1;
    if (SPACE.test(character)) {
      if (character === "\r") continue;
      if (character === "\n") {
        line += 1;
        comment = false;
      }
      if (word !== "") return finish();
      continue;
    }
    if (character === "#") comment = true;
    if (comment) continue;
    if (word === "") {
      start = at - 1;
      wordLine = line;
      if (character === '"') return quotedWord(text, at, line, file);
    }
    word += character;
    end = at;
  }
  return word === "" ? { token: undefined, at, line } : finish();
}

/** Reads a quoted word from behind its opening quote. An empty one that is never closed is no word at all. */
function quotedWord(text: string, from: number, startLine: number, file: string): Step {
  let at = from;
  let line = startLine;
  let word = "";
  let escaped = false;
  const token = (unterminated: boolean): Token => ({
    text: word,
    line: startLine,
    start: from - 1,
    end: at,
    unterminated,
    file,
    imported: false,
  });

  while (at < text.length) {
    const character = text.charAt(at);
    at += 1;
    if (!escaped && character === "\\") {
      escaped = true;
      continue;
    }
    if (!escaped && character === '"') return { token: token(false), at, line };
    if (character === "\n") line += 1;
    if (escaped && character !== '"') word += "\\";
    word += character;
    escaped = false;
  }
  return { token: word === "" ? undefined : token(true), at, line };
}
