import { countLineBreaks, type Token } from "./lexer";

/**
 * A reader over words that knows which of them share a line, as the plugins' set-up code reads its arguments.
 *
 * "Same line" is CoreDNS's notion: same file and same line number, a word with line breaks in it counted by its last
 * line. After an import the numbers are those of the place that the words were imported from.
 *
 * Source of the rules: `caddyfile/dispenser.go` of coredns/caddy.
 */
export class TokenCursor<T extends Token> {
  private index = -1;
  private nesting = 0;
  private words: readonly T[];

  constructor(words: readonly T[]) {
    this.words = words;
  }

  /** The word under the cursor. */
  get current(): T | undefined {
    return this.words[this.index];
  }

  /** Its text; the empty string before the first and behind the last word. */
  get text(): string {
    return this.current?.text ?? "";
  }

  next(): boolean {
    if (this.index >= this.words.length - 1) return false;
    this.index += 1;
    return true;
  }

  back(): void {
    this.index -= 1;
  }

  /** Goes on to the next word if it stands on the same line. */
  nextArgument(): boolean {
    const following = this.words[this.index + 1];
    if (following === undefined) return false;
    if (this.current !== undefined && !sharesLine(this.current, following)) return false;
    this.index += 1;
    return true;
  }

  /** The rest of the line, up to an opening brace. */
  remainingArguments(): T[] {
    const found: T[] = [];
    while (this.nextArgument()) {
      const word = this.current;
      if (word === undefined || word.text === "{") {
        this.back();
        break;
      }
      found.push(word);
    }
    return found;
  }

  /**
   * For a loop over the lines of a `{ … }`: opens the block if one begins on this line, then stands on each first
   * word, and answers false at the closing brace. Nested braces are not understood, as in CoreDNS.
   */
  nextInBlock(): boolean {
    if (this.nesting > 0) {
      if (!this.next()) return false;
      if (this.current?.text !== "}") return true;
      this.nesting -= 1;
      return false;
    }
    if (!this.nextArgument()) return false;
    if (this.words[this.index]?.text !== "{") {
      this.back();
      return false;
    }
    if (!this.next() || this.words[this.index]?.text === "}") return false;
    this.nesting += 1;
    return true;
  }

  /** Whether the word under the cursor begins a line. */
  isNewLine(): boolean {
    const before = this.words[this.index - 1];
    if (before === undefined) return true;
    return this.current !== undefined && startsLaterLine(before, this.current);
  }

  /** Puts other words in the place of those from `from` on, `count` of them, and stands on the first. */
  splice(from: number, count: number, replacement: readonly T[]): void {
    this.words = [...this.words.slice(0, from), ...replacement, ...this.words.slice(from + count)];
    this.index = from;
  }

  get position(): number {
    return this.index;
  }
}

function sharesLine(word: Token, following: Token): boolean {
  return word.file === following.file && word.line + countLineBreaks(word.text) === following.line;
}

function startsLaterLine(before: Token, word: Token): boolean {
  return before.file !== word.file || before.line + countLineBreaks(before.text) < word.line;
}
