import type { Token } from "./lexer";

/** A parsed Corefile: its text, and what CoreDNS understands of it. Editing replaces parts of the text. */
export interface Corefile {
  readonly text: string;
  /** All words of the file itself, in order: nothing imported, snippets included. */
  readonly tokens: readonly Token[];
  /** In the order of the file, as CoreDNS sees them after all imports. */
  readonly blocks: readonly ServerBlock[];
  /** Files that it imports and that are not at hand: what they hold is not judged. */
  readonly unseenImports: readonly UnseenImport[];
}

export interface ServerBlock {
  /** At least one. */
  readonly keys: readonly Key[];
  readonly directives: readonly Directive[];
  /** Absent for the one block of a Corefile without braces, and then `close` is too. */
  readonly open?: Token;
  /** Absent too where the brace is missing, which CoreDNS overlooks at the end of a file. */
  readonly close?: Token;
  /** A file imported inside the block is not at hand: the block may hold more plugins than are listed. */
  readonly hasUnseenImport: boolean;
}

/** The address of a server block: `.:53`, `tls://example.org`, `10.0.0.0/24`. */
export interface Key {
  /** Environment variables replaced where they are known, the separating comma removed. */
  readonly text: string;
  /** It holds a variable that is not known. */
  readonly opaque: boolean;
  readonly token: Token;
}

/** One plugin's configuration in a server block. */
export interface Directive {
  readonly name: string;
  /** From the plugin's name to its last argument or closing brace. */
  readonly words: readonly Word[];
}

/** A word of a directive: its token with the environment variables replaced. */
export interface Word extends Token {
  readonly opaque: boolean;
}

export interface UnseenImport {
  readonly pattern: string;
  readonly token: Token;
  /** It stands between server blocks, so that the files may hold server blocks of their own. */
  readonly betweenBlocks: boolean;
}

/** A place in a Corefile where CoreDNS would stop reading it. */
export class CorefileSyntaxError extends Error {
  constructor(
    readonly reason: string,
    readonly token: Token | undefined,
    readonly fix: string,
    readonly allowed?: string,
  ) {
    super(token === undefined ? reason : `line ${String(token.line)}: ${reason}`);
    this.name = "CorefileSyntaxError";
  }
}
