import { Composer, isMap, isNode, isPair, isScalar, Lexer, LineCounter, Parser } from "yaml";
import type { CST, Document, YAMLError } from "yaml";
import type { Problem } from "./problem";
import { Report } from "./report";
import type { Path, Position } from "./report";

export interface YamlDocument {
  readonly value: unknown;
  readonly report: Report;
}

/**
 * What the parser's error codes mean. The parser's own messages quote the text, which may hold a secret, so they
 * are not passed on.
 */
const FAULTS: Readonly<Record<string, string>> = {
  BAD_ALIAS: "an alias names an anchor that does not exist",
  BAD_INDENT: "the indentation does not fit the lines around it",
  BAD_SCALAR_START: "a plain value starts with a character that needs quotes",
  BLOCK_AS_IMPLICIT_KEY: "a list or map stands where a key is expected: the indentation or a quote is wrong",
  DUPLICATE_KEY: "the same key stands here twice",
  MISSING_CHAR: "a character such as a quote, a colon or a bracket is missing",
  MULTILINE_IMPLICIT_KEY: "a key goes over several lines: a colon or a quote is missing",
  TAB_AS_INDENT: "a tab is used for indentation",
  UNEXPECTED_TOKEN: "something stands here that YAML does not expect",
};

const FIXES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: "remove one of the two",
  TAB_AS_INDENT: "indent with spaces",
};

/**
 * Parses one YAML 1.2 document and reports what is wrong with its syntax, duplicate keys included. The value is
 * absent when there is a problem.
 * @param toDocument where a path that is reported lies in the document, when not at the same path
 */
export function parseYamlDocument(
  file: string,
  text: string,
  toDocument: (path: Path) => Path = (path) => path,
): YamlDocument {
  const lines = new LineCounter();
  const documents = parse(text, lines);
  if (documents === undefined) {
    const report = new Report(file);
    report.error([], {
      message: "the values are nested too deeply",
      allowed: `${String(MAX_DEPTH)} levels`,
      fix: "correct the brackets and the indentation",
    });
    return { value: undefined, report };
  }
  const [document] = documents;
  const report = new Report(file, (path) => {
    const offset = document === undefined ? undefined : offsetOf(document, toDocument(path));
    return offset === undefined ? undefined : positionAt(lines, offset);
  });
  for (const error of documents.flatMap(({ errors }) => errors))
    report.problems.push(syntaxProblem(file, error, lines));
  if (documents.length > 1) {
    report.error([], {
      message: "the file holds more than one YAML document",
      allowed: "one document",
      fix: "remove the lines that hold only ---, or split the file",
    });
  }
  if (document === undefined || report.hasErrors) return { value: undefined, report };
  try {
    return { value: document.toJS({ maxAliasCount: 100 }), report };
  } catch {
    report.error([], {
      message: "an alias does not resolve, or the aliases multiply beyond reason",
      fix: "write the values out",
    });
    return { value: undefined, report };
  }
}

/** Far more than people write. */
const MAX_DEPTH = 200;

/**
 * The documents of a text, as `parseAllDocuments` gives them; none where it is nested too deeply: the composer works down
 * by recursion, and at the end of the stack Node itself may be ended.
 */
function parse(text: string, lines: LineCounter): Document.Parsed[] | undefined {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    // A level of a list in brackets takes one entry of the stack, one of a list in lines up to two.
    if (parser.stack.length > 2 * MAX_DEPTH) return undefined;
  }
  for (const token of parser.end()) tokens.push(token);
  return [...new Composer({ lineCounter: lines, prettyErrors: false }).compose(tokens)];
}

/** A fault of syntax, said without a word of the text. */
export function syntaxProblem(file: string, error: YAMLError, lines: LineCounter): Problem {
  return {
    severity: "error",
    file,
    path: "",
    position: positionAt(lines, error.pos[0]),
    message: `not valid YAML: ${FAULTS[error.code] ?? error.code.toLowerCase().replaceAll("_", " ")}`,
    fix: FIXES[error.code] ?? "correct the syntax at this line",
  };
}

export function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** Where the value at a path begins; for a map's entry, where its key does. The nearest ancestor when it is absent. */
function offsetOf(document: Document.Parsed, path: Path): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const last = path[length - 1];
    const entry = isMap(parent)
      ? parent.items.find((pair) => isPair(pair) && isScalar(pair.key) && String(pair.key.value) === String(last))?.key
      : document.getIn(path.slice(0, length), true);
    if (isNode(entry) && entry.range) return entry.range[0];
  }
  return undefined;
}
