import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { setValue, type Value } from "../../../../delivery/promote/set-value";
import type { Path } from "../../../../model/report";

const PROD: Path = ["environments", "prod", "revision"];

function sets(before: string, path: Path, value: Value, after: string): void {
  expect(setValue(before, path, value)).toBe(after);
  // A second time there is nothing to do.
  expect(setValue(after, path, value)).toBe(after);
}

describe("A value that is there", () => {
  it.each([
    ["plain", "{v}", "v1.4.0", "v1.5.0", "v1.5.0"],
    ["in single quotes", "'{v}'", "v1.4.0", "v1.5.0", "v1.5.0"],
    ["in double quotes", '"{v}"', "v1.4.0", "1.10", "1.10"],
    ["plain, that would be a number", "{v}", "v1.4.0", "1.10", '"1.10"'],
  ])("changes in its place: %s", (_, written, from, to, shown) => {
    const text = (value: string): string =>
      `a: 1 # one\nenvironments:\n  prod:   { revision: ${value} } # ours\n\n# end\n`;
    sets(text(written.replace("{v}", from)), PROD, to, text(written.replace("{v}", shown)));
  });

  it("changes in a list, which keeps its other items", () => {
    sets("images: [a:1, b=c:1]\n", ["images", 1], "b=c:2", "images: [a:1, b=c:2]\n");
    sets("images:\n  - a:1 # first\n  - b:1\n", ["images", 0], "a:2", "images:\n  - a:2 # first\n  - b:1\n");
  });
});

describe("A value that is missing is added", () => {
  it.each<[string, string, Path, Value, string]>([
    [
      "behind the last entry of a block, before its comments",
      "environments:\n  prod:\n    autosync: false # by hand\n    # later\n\nrepositories: []\n",
      PROD,
      "v1",
      "environments:\n  prod:\n    autosync: false # by hand\n    revision: v1\n    # later\n\nrepositories: []\n",
    ],
    [
      "to an empty entry",
      "environments:\n  dev:\n  prod: # it\n",
      PROD,
      "v1",
      "environments:\n  dev:\n  prod: { revision: v1 } # it\n",
    ],
    [
      "to a bare name between braces",
      "environments: { dev, 'prod', staging }\n",
      PROD,
      "v1",
      "environments: { dev, 'prod': { revision: v1 }, staging }\n",
    ],
    [
      "to a bare name at the end of braces over several lines",
      "environments: {\n  dev, # first\n  prod # last\n}\n",
      PROD,
      "v1",
      "environments: {\n  dev, # first\n  prod: { revision: v1 } # last\n}\n",
    ],
    [
      "in the place of a null",
      "environments: { dev: {}, prod: ~ }\n",
      PROD,
      "v1",
      "environments: { dev: {}, prod: { revision: v1 } }\n",
    ],
    [
      "in braces",
      "environments: { prod: { autosync: false } }\n",
      PROD,
      "v1",
      "environments: { prod: { autosync: false, revision: v1 } }\n",
    ],
    ["in empty braces", "environments: { prod: {} }\n", PROD, "v1", "environments: { prod: { revision: v1 } }\n"],
    [
      "in braces over several lines",
      "environments:\n  { prod: { autosync: false }, dev: {},\n  }\n",
      ["environments", "staging", "revision"],
      "v1",
      "environments:\n  { prod: { autosync: false }, dev: {}, staging: { revision: v1 },\n  }\n",
    ],
    [
      "with the maps on its way",
      "repositories:\n  - name: deploy\n    kind: kustomize",
      ["repositories", 0, "environments", "prod", "revision"],
      "4f2a9c1",
      "repositories:\n  - name: deploy\n    kind: kustomize\n    environments:\n      prod:\n        revision: 4f2a9c1",
    ],
    [
      "behind a block of text",
      "repositories:\n  - name: a\n    note: |\n      text\n\n  - name: b\n",
      ["repositories", 0, "revision"],
      "v1",
      "repositories:\n  - name: a\n    note: |\n      text\n    revision: v1\n\n  - name: b\n",
    ],
    [
      "with the line ends of the file",
      "a:\r\n  b: 1\r\nc: 2\r\n",
      ["a", "d"],
      "v1",
      "a:\r\n  b: 1\r\n  d: v1\r\nc: 2\r\n",
    ],
    ["behind a byte order mark", "\uFEFFa: { b: c }\n", ["a", "d"], "v1", "\uFEFFa: { b: c, d: v1 }\n"],
    ["as a list", "a:\n  b: c\n", ["a", "images"], ["x:1", "y,z:2"], 'a:\n  b: c\n  images: [x:1, "y,z:2"]\n'],
    ["to a list in brackets", "images: [a:1]\n", ["images", 1], "b:2", "images: [a:1, b:2]\n"],
    ["to an empty list", "images: []\n", ["images", 0], "b:2", "images: [b:2]\n"],
    ["to a list in lines", "images:\n  - a:1\nb: 1\n", ["images", 1], "b:2", "images:\n  - a:1\n  - b:2\nb: 1\n"],
    [
      "under a key with dots",
      "parameters:\n  a: b\n",
      ["parameters", "image.tag"],
      "1.10",
      'parameters:\n  a: b\n  image.tag: "1.10"\n',
    ],
  ])("%s", (_, before, path, value, after) => {
    sets(before, path, value, after);
  });
});

describe("What cannot be set by itself is refused", () => {
  it.each([
    [
      "an anchor repeats it",
      "environments:\n  dev: &x { revision: v1 }\n  prod: *x\n",
      ["environments", "dev", "revision"],
    ],
    ["it is an alias", "environments:\n  dev: &x { revision: v1 }\n  prod: *x\n", PROD],
    ["a list stands where a map is needed", "environments: [dev, prod]\n", PROD],
  ])("because %s", (_, text, path) => {
    expect(() => setValue(text, path, "v2")).toThrow(/alias|anchor|no map|more than that|missing/);
  });
});

it("Whatever is set, all else means the same, and every line that is not touched stays", () => {
  const name = fc.constantFrom("a", "b", "c", "d");
  const leaf = fc.oneof(fc.stringMatching(/^[a-z0-9.]{1,8}$/), fc.integer(), fc.boolean(), fc.constant(null));
  const tree = fc.dictionary(name, fc.oneof(leaf, fc.dictionary(name, fc.oneof(leaf, fc.dictionary(name, leaf)))));
  const text = fc
    .tuple(tree, fc.boolean())
    .map(([value, isFlow]) => (isFlow ? JSON.stringify(value) : `first_: 1\n${toBlock(value, "")}`));
  fc.assert(
    fc.property(text, name, name, name, (before, one, two, three) => {
      const tree = parse(before) as Record<string, Record<string, unknown> | null> | null;
      const [outer, inner] = [tree?.[one], (tree?.[one] as Record<string, unknown> | null | undefined)?.[two]];
      fc.pre([outer, inner].every((value) => value === undefined || value === null || typeof value === "object"));
      const after = setValue(before, [one, two, three], "v1.0.0");
      const lines = new Set(after.split("\n"));
      const lost = before.split("\n").filter((line) => !lines.has(line));
      expect(lost.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 100 },
  );
});

function toBlock(value: object, indent: string): string {
  return Object.entries(value)
    .map(([key, inner]: [string, unknown]) => {
      if (inner === null) return `${indent}${key}: # nothing\n`;
      if (typeof inner !== "object") return `${indent}${key}: ${JSON.stringify(inner)} # as it is\n`;
      if (Object.keys(inner).length === 0) return `${indent}${key}: {}\n`;
      return `${indent}# above ${key}\n${indent}${key}:\n${toBlock(inner, `${indent}  `)}`;
    })
    .join("");
}
