import { CorefileSyntaxError, type Corefile, type Directive, type Key, type ServerBlock, type Word } from "./corefile";
import { expand, type Expanded } from "./environment";
import { Importer, type ParseOptions } from "./imports";
import { lex, type Token } from "./lexer";
import { TokenCursor } from "./token-cursor";

/**
 * Reads a Corefile as CoreDNS 1.14.2 does: the same server blocks from the same words, after imports and environment
 * variables, the same texts refused. Plugins' names and arguments are not judged here: see `verifyCorefile`.
 *
 * @throws CorefileSyntaxError at the first place where CoreDNS would stop.
 */
export function parseCorefile(text: string, options: ParseOptions = {}): Corefile {
  const tokens = lex(text);
  const parser = new Parser(tokens, options);
  const blocks = parser.parseAll();
  return { text, tokens, blocks, unseenImports: parser.unseenImports };
}

/** The steps and their names follow coredns/caddy's `caddyfile/parse.go`, whose every quirk is part of the format. */
class Parser {
  private readonly cursor: TokenCursor<Token>;
  private readonly importer: Importer;
  private unseenInBlock = false;

  constructor(
    tokens: readonly Token[],
    private readonly options: ParseOptions,
  ) {
    this.cursor = new TokenCursor(tokens);
    this.importer = new Importer(options);
  }

  get unseenImports(): Corefile["unseenImports"] {
    return this.importer.unseen;
  }

  parseAll(): ServerBlock[] {
    const blocks: ServerBlock[] = [];
    while (this.cursor.next()) {
      const block = this.parseOne();
      if (block !== undefined && block.keys.length > 0) blocks.push(block);
    }
    return blocks;
  }

  /** One server block; undefined for a snippet, which is only remembered. */
  private parseOne(): ServerBlock | undefined {
    this.unseenInBlock = false;
    const { keys, endOfFile } = this.addresses();
    if (endOfFile) return { keys, directives: [], hasUnseenImport: false };
    const snippet = snippetName(keys);
    if (snippet !== undefined) {
      const at = this.cursor.current;
      this.importer.define(snippet, this.snippetBody(), at);
      return undefined;
    }
    return this.blockContents(keys);
  }

  private addresses(): { readonly keys: Key[]; readonly endOfFile: boolean } {
    const keys: Key[] = [];
    let expectingAnother = false;
    for (;;) {
      const token = this.cursor.current;
      const { text, opaque } = this.expand(this.cursor.text);
      if (text === "import" && this.cursor.isNewLine()) {
        this.importer.splice(this.cursor, true);
        continue;
      }
      if (text === "{") {
        if (!expectingAnother) return { keys, endOfFile: false };
        throw new CorefileSyntaxError("a key is missing between a comma and {", token, "remove the extra comma");
      }
      if (token !== undefined && text !== "") {
        expectingAnother = text.endsWith(",");
        keys.push({ text: expectingAnother ? text.slice(0, -1) : text, opaque, token });
      }
      if (!this.cursor.next()) {
        if (!expectingAnother) return { keys, endOfFile: true };
        throw new CorefileSyntaxError("the file ends behind a comma", token, "remove the comma or add the other key");
      }
      if (!expectingAnother && this.cursor.isNewLine()) return { keys, endOfFile: false };
    }
  }

  private blockContents(keys: readonly Key[]): ServerBlock {
    const open = this.cursor.text === "{" ? this.cursor.current : undefined;
    // CoreDNS reads such a block and forgets it, which nobody can mean.
    if (keys.length === 0) {
      throw new CorefileSyntaxError(
        "a server block has no key",
        this.cursor.current,
        "write its zone before the {",
        ".:53",
      );
    }
    // The only block of a file may do without braces: the word under the cursor is its first plugin.
    if (open === undefined) this.cursor.back();
    const directives = this.directives();
    const content = { keys, directives, hasUnseenImport: this.unseenInBlock };
    if (open === undefined) return content;
    const last = this.cursor.current;
    if (last?.text !== "}") {
      throw new CorefileSyntaxError(
        `the server block "${keys[0]?.text ?? ""}" is not closed`,
        open,
        "close it with } on a line of its own",
      );
    }
    const closesPlugin = directives.at(-1)?.words.at(-1)?.start === last.start && !last.imported;
    return closesPlugin ? { ...content, open } : { ...content, open, close: last };
  }

  private directives(): Directive[] {
    const found: Directive[] = [];
    while (this.cursor.next()) {
      if (this.cursor.text === "}") break;
      if (this.cursor.text === "import") {
        this.spliceInBlock();
        continue;
      }
      found.push(this.directive());
    }
    return found;
  }

  /** Expands an import and steps back, so that the loop's next step meets the first word that came in. */
  private spliceInBlock(): void {
    if (this.importer.splice(this.cursor, false).unseen) this.unseenInBlock = true;
    this.cursor.back();
  }

  private directive(): Directive {
    const first = this.cursor.current;
    if (first === undefined) throw new Error("a directive begins at a word");
    const { text: name, opaque } = this.expand(first.text);
    const words: Word[] = [{ ...first, opaque }];
    let nesting = 0;
    while (this.cursor.next()) {
      const word = this.cursor.current;
      if (word === undefined) break;
      if (word.text === "{") {
        nesting += 1;
      } else if (this.cursor.isNewLine() && nesting === 0) {
        this.cursor.back();
        break;
      } else if (word.text === "}") {
        if (nesting === 0) {
          throw new CorefileSyntaxError(
            `there is a } behind the plugin "${name}" that nothing opened`,
            word,
            "put the } that closes the server block on a line of its own",
          );
        }
        nesting -= 1;
      } else if (word.text === "import" && this.cursor.isNewLine()) {
        this.spliceInBlock();
        continue;
      }
      words.push({ ...word, ...this.expand(word.text) });
    }
    if (nesting > 0) {
      throw new CorefileSyntaxError(
        `the file ends inside the braces of the plugin "${name}"`,
        first,
        "add the missing }",
      );
    }
    return { name, words };
  }

  private snippetBody(): Token[] {
    const open = this.cursor.current;
    if (open?.text !== "{") {
      throw new CorefileSyntaxError("a snippet has no {", open, "put the snippet's lines between { and }");
    }
    const words: Token[] = [];
    let depth = 1;
    while (this.cursor.next()) {
      const word = this.cursor.current;
      if (word === undefined) break;
      if (word.text === "}") {
        depth -= 1;
        if (depth === 0) return words;
      }
      if (word.text === "{") depth += 1;
      words.push(word);
    }
    throw new CorefileSyntaxError("the snippet is not closed", open, "close it with } on a line of its own");
  }

  private expand(text: string): Expanded {
    return expand(text, this.options.environment);
  }
}

/** A single key in parentheses makes a block a snippet. */
function snippetName(keys: readonly Key[]): string | undefined {
  const [key, another] = keys;
  if (key === undefined || another !== undefined) return undefined;
  return /^\((.*)\)$/s.exec(key.text)?.[1];
}
