import { describe, expect, it } from "vitest";
import { CorefileSyntaxError, parseCorefile, type ParseOptions } from "../../../corefile";
import { everything, examples } from "./examples";

/** Keys and plugins with their words, as CoreDNS sees them. */
function blocks(text: string, options?: ParseOptions): unknown[] {
  return parseCorefile(text, options).blocks.map((block) => [
    block.keys.map((key) => key.text),
    ...block.directives.map((directive) => directive.words.map((word) => word.text).join(" ")),
  ]);
}

function refusal(text: string, options?: ParseOptions): CorefileSyntaxError {
  try {
    parseCorefile(text, options);
  } catch (error) {
    if (error instanceof CorefileSyntaxError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

describe("the server blocks of a Corefile", () => {
  it.each(examples)("are read from %s", (_, text) => {
    const corefile = parseCorefile(text);
    expect(corefile.text).toBe(text);
    expect(corefile.blocks.length).toBeGreaterThan(0);
  });

  it("are those that CoreDNS makes of all of the format", () => {
    expect(blocks(everything, { environment: { UPSTREAM: "10.0.0.2" } })).toEqual([
      [
        ["dns://example.org", "example.net:1053"],
        "errors",
        "cache 30",
        'log . {remote}\r\n "{type}" { class denial error }',
        "whoami",
      ],
      [["10.0.0.0/24", "2001:db8::/32"], "errors", "forward . 10.0.0.2 "],
      [["tls://."], "tls /etc/coredns/cert.pem /etc/coredns/key.pem", expect.stringContaining("tls_servername")],
      [[".:53"], "errors", "cache 30", "forward . 9.9.9.9"],
    ]);
    expect(parseCorefile(everything).unseenImports).toMatchObject([{ pattern: "zones/*.conf", betweenBlocks: true }]);
  });

  it.each([
    ["without braces", ".:53\nerrors\ncache 30", [[[".:53"], "errors", "cache 30"]]],
    ["of keys alone", "a, b", [[["a", "b"]]]],
    ["with the brace on a line of its own", "a\n{\nerrors\n}", [[["a"], "errors"]]],
    ["with keys over lines, each behind a comma", "a,\nb,\nc {\n}", [[["a", "b", "c"]]]],
    ["with a plugin behind the brace", "a { errors\n}", [[["a"], "errors"]]],
    ["with the last brace missing behind a plugin's", "a {\nb {\n}\n", [[["a"], "b { }"]]],
    ["imported whole", "(b) {\na:53 {\nerrors\n}\n}\nimport b", [[["a:53"], "errors"]]],
    ["with nested braces", "a {\np {\nq {\nr\n}\n}\n}", [[["a"], "p { q { r } }"]]],
  ])("may be written %s", (_, text, expected) => {
    expect(blocks(text)).toEqual(expected);
  });

  it("hold what other keys of the ConfigMap have, when they import these", () => {
    const files = { "a.conf": "errors\n", "b.conf": "cache 30\n", other: "x" };
    expect(blocks("a {\nimport *.conf\nwhoami\n}", { files })).toEqual([[["a"], "errors", "cache 30", "whoami"]]);
    expect(blocks("a {\nimport other\n}", { files })).toEqual([[["a"], "x"]]);
  });

  it("tell which words were imported and where the braces stand", () => {
    const { blocks: found, text } = parseCorefile("(s) {\n  errors\n}\na {\n  import s\n  cache\n}\n");
    expect(found[0]?.directives.map(({ words }) => words[0]?.imported)).toEqual([true, false]);
    expect(found[0]?.close?.end).toBe(text.length - 1);
  });
});

describe("a Corefile that CoreDNS would not read", () => {
  it.each([
    ["is not closed", "a {\nerrors\n", 1, /not closed/],
    ["ends inside a plugin's braces", "a {\np {\n", 2, /ends inside the braces/],
    ["has a } too many behind a plugin", "a {\nerrors }\n}", 2, /nothing opened/],
    ["has a comma before {", "a, {\n}", 1, /key is missing/],
    ["ends behind a comma", "a,", 1, /ends behind a comma/],
    ["has a block without a key", "{\nerrors\n}", 1, /no key/],
    ["declares a snippet twice", "(s) {\n}\n(s) {\n}\n", 3, /declared twice/],
    ["has a snippet without braces", "(s)\nerrors\n", 2, /no \{/],
    ["has a snippet that imports itself", "(s) {\n  import s\n}\n", 2, /imports itself/],
    [
      "has snippets that import each other",
      "(s) {\n  import t\n}\n(t) {\n  import s\n}\na {\n  import s\n}\n",
      5,
      /circle/,
    ],
    ["imports nothing", "a {\n  import\n}\n", 2, /no argument/],
    ["imports two things", "a {\n  import b c\n}\n", 2, /one argument only/],
    ["imports a snippet that is declared nowhere", "a {\n  import b\n}\n", 2, /neither a snippet/],
    ["imports a snippet before it is declared", "a {\n  import b\n}\n(b) {\n}\n", 2, /neither a snippet/],
    ["imports with two wildcards", "a {\n  import b/*/c*\n}\n", 2, /more than one wildcard/],
  ])("%s", (_, text, line, reason) => {
    const error = refusal(text);
    expect(error.reason).toMatch(reason);
    expect(error.token?.line).toBe(line);
    expect(error.fix).not.toBe("");
  });
});
