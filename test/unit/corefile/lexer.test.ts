import { describe, expect, it } from "vitest";
import { lex } from "../../../corefile/lexer";
import { expand } from "../../../corefile/environment";

const words = (text: string): string[] => lex(text).map((token) => token.text);

describe("the words of a Corefile", () => {
  it.each([
    ["are parted by spaces of every kind", "a\tb\u00a0c\u2003d\n\fe", ["a", "b", "c", "d", "e"]],
    ['may be quoted, with \\" as the only escape', '"a b" "\\"" "\\n" ""', ["a b", '"', "\\n", ""]],
    ["may hold line breaks in quotes", '"a\n b"c', ["a\n b", "c"]],
    ["keep quotes inside a word", 'a"b c"d', ['a"b', 'c"d']],
    ["end with the file, even in quotes", '"a b', ["a b"]],
    ["lose carriage returns, also within", "a\r\nb\rc", ["a", "bc"]],
    ["do not hold comments", "a # b c\nd", ["a", "d"]],
    ["may stand behind a comment within a word, which a space ends", "a#b c # d e\nf", ["a", "c", "f"]],
    ["do not hold the byte order mark", "\uFEFFa \uFEFFb", ["a", "\uFEFFb"]],
    ["count braces only as words of their own", "a{ {b } {$C}", ["a{", "{b", "}", "{$C}"]],
  ])("%s", (_, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it("know their lines and where they stand", () => {
    const text = 'a "b\nc" d\r\n\n  e';
    expect(lex(text).map(({ line, start, end }) => [line, text.slice(start, end)])).toEqual([
      [1, "a"],
      [1, '"b\nc"'],
      [2, "d"],
      [4, "e"],
    ]);
  });

  it("tell when a quote is not closed", () => {
    expect(lex('a "b').map((token) => token.unterminated)).toEqual([false, true]);
    expect(words('a "')).toEqual(["a"]);
  });
});

describe("environment variables in a word", () => {
  it("are replaced in both spellings, unset ones by nothing", () => {
    expect(expand("{$A}-{%A%}-{$B}", { A: "x" })).toEqual({ text: "x-x-", opaque: false });
  });

  it("make the word opaque where no variable is known", () => {
    expect(expand("{$A}")).toEqual({ text: "{$A}", opaque: true });
    expect(expand("{$}")).toEqual({ text: "{$}", opaque: false });
    expect(expand("{$A")).toEqual({ text: "{$A", opaque: false });
  });

  it("do not keep us busy when they hold themselves", () => {
    expect(expand("{$A}", { A: "{$A}" }).text).toBe("{$A}");
  });
});
