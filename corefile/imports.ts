import { CorefileSyntaxError, type UnseenImport } from "./corefile";
import { expand, type Environment } from "./environment";
import { lex, type Token } from "./lexer";
import type { TokenCursor } from "./token-cursor";

/** What a parser may know beside the text. */
export interface ParseOptions {
  /** The variables of CoreDNS's process. Without it, words with a variable are accepted and not judged. */
  readonly environment?: Environment;
  /** The files beside the Corefile, by name: the other keys of its ConfigMap. */
  readonly files?: Readonly<Record<string, string>>;
}

/** CoreDNS stops at these numbers, so that a snippet that imports itself in a circle is found. */
const MAX_SNIPPET_IMPORTS = 10_000;
const MAX_FILE_IMPORTS = 100_000;

/**
 * Replaces `import name` by the words of the snippet or the files that the name stands for.
 *
 * Source of the rules: `doImport` of coredns/caddy's `caddyfile/parse.go`.
 */
export class Importer {
  readonly unseen: UnseenImport[] = [];
  private readonly snippets = new Map<string, readonly Token[]>();
  private snippetImports = 0;
  private fileImports = 0;

  constructor(private readonly options: ParseOptions) {}

  /** Remembers a snippet under its name. */
  define(name: string, words: readonly Token[], at: Token | undefined): void {
    if (this.snippets.has(name)) {
      throw new CorefileSyntaxError(`the snippet "${name}" is declared twice`, at, "keep one of the two");
    }
    const imports = words.findIndex((word, index) => {
      const before = words[index - 1];
      const beginsLine = before === undefined || before.file !== word.file || before.line !== word.line;
      const argument = words[index + 1];
      return word.text === "import" && beginsLine && argument !== undefined && this.expand(argument.text).text === name;
    });
    if (imports >= 0) {
      throw new CorefileSyntaxError(`the snippet "${name}" imports itself`, words[imports], "take that import out");
    }
    this.snippets.set(
      name,
      words.map((word) => ({ ...word, imported: true })),
    );
  }

  /** Expands the `import` under the cursor and leaves the cursor on the first word that came in its place. */
  splice(cursor: TokenCursor<Token>, betweenBlocks: boolean): { readonly unseen: boolean } {
    const start = cursor.position;
    const keyword = cursor.current;
    if (!cursor.nextArgument()) {
      throw new CorefileSyntaxError("import has no argument", keyword, "name a snippet or a file behind it");
    }
    const argument = cursor.current;
    const { text: pattern, opaque } = this.expand(cursor.text);
    if (pattern === "") {
      throw new CorefileSyntaxError("import has an empty argument", argument, "name a snippet or a file behind it");
    }
    if (cursor.nextArgument()) {
      throw new CorefileSyntaxError("import takes one argument only", cursor.current, "write one import per line");
    }
    const words = opaque ? undefined : this.resolve(pattern, argument);
    if (words === undefined && argument !== undefined) this.unseen.push({ pattern, token: argument, betweenBlocks });
    cursor.splice(start, 2, words ?? []);
    return { unseen: words === undefined };
  }

  /** The words that a name stands for; undefined when only the running CoreDNS can know. */
  private resolve(pattern: string, at: Token | undefined): readonly Token[] | undefined {
    const snippet = this.snippets.get(pattern);
    if (snippet !== undefined) {
      this.snippetImports += 1;
      if (this.snippetImports > MAX_SNIPPET_IMPORTS) {
        throw new CorefileSyntaxError("snippets import each other in a circle", at, "break the circle");
      }
      return snippet;
    }
    this.fileImports += 1;
    if (this.fileImports > MAX_FILE_IMPORTS) {
      throw new CorefileSyntaxError("files import each other in a circle", at, "break the circle");
    }
    return this.resolveFiles(pattern, at);
  }

  private resolveFiles(pattern: string, at: Token | undefined): readonly Token[] | undefined {
    const many = (character: string): boolean => pattern.split(character).length > 2;
    if (many("*") || many("?") || (pattern.includes("[") && pattern.includes("]"))) {
      throw new CorefileSyntaxError(
        `the import pattern "${pattern}" has more than one wildcard`,
        at,
        "use one wildcard",
        "one * or one ?, no [ ]",
      );
    }
    const isPattern = /[*?[\]]/.test(pattern);
    if (pattern.includes("/") || pattern.includes("\\")) return undefined;
    const files = this.options.files;
    if (!isPattern) {
      const content = files?.[pattern];
      if (content !== undefined) return fileWords(pattern, content);
      throw new CorefileSyntaxError(
        `"${pattern}" is neither a snippet declared above nor a file beside the Corefile`,
        at,
        `declare (${pattern}) { … } above this line, or take the import out`,
      );
    }
    if (files === undefined) return undefined;
    const matcher = wildcard(pattern);
    const names = Object.keys(files).filter((name) => matcher.test(name));
    return names.sort().flatMap((name) => fileWords(name, files[name] ?? ""));
  }

  private expand(text: string): { readonly text: string; readonly opaque: boolean } {
    return expand(text, this.options.environment);
  }
}

function fileWords(name: string, content: string): Token[] {
  return lex(content, name).map((word) => ({ ...word, imported: true }));
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|\\[\]]/g, "\\$&");
  return new RegExp(`^${escaped.replace("*", ".*").replace("?", ".")}$`, "su");
}
