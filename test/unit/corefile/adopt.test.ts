import { describe, expect, it } from "vitest";
import { MARK, reconcileCorefile } from "../../../corefile";
import { UserError, type Problem } from "../../../model/problem";

const root = ".:53 {\n    forward . /etc/resolv.conf\n}\n";
const protobox = { zone: "protobox", to: ["10.0.0.2:53", "10.0.0.3:53"], cacheSeconds: 30 };

function adopt(block: string, before = root): string {
  const { text, changes } = reconcileCorefile(before + block, [protobox]);
  expect(changes).toEqual([{ zone: "protobox", action: "adopted" }]);
  expect(reconcileCorefile(text, [protobox])).toMatchObject({ text, changes: [] });
  return text.slice(before.length);
}

function refuse(block: string, before = root): readonly Problem[] {
  try {
    reconcileCorefile(before + block, [protobox]);
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
  throw new Error("it was not refused");
}

describe("a server block made by hand that serves exactly the zone", () => {
  it.each([
    [
      "changes its addresses and cache time, and keeps every other byte",
      "# ours\nprotobox:53 { # git\n\terrors\n  cache 5 # s\n   forward  .   10.0.0.9  { # old\n  max_fails 2\n  }\n}\n",
      `# ours\n${MARK}\nprotobox:53 { # git\n\terrors\n  cache 30 # s\n   forward  .   10.0.0.2:53 10.0.0.3:53  { # old\n  max_fails 2\n  }\n}\n`,
    ],
    [
      "keeps addresses that mean the same",
      "protobox {\n  cache 30\n  forward . 10.0.0.2 dns://10.0.0.3\n}\n",
      `${MARK}\nprotobox {\n  cache 30\n  forward . 10.0.0.2 dns://10.0.0.3\n}\n`,
    ],
    [
      "gets the cache and the forward that it lacks",
      "dns://protobox. {\n  errors\n}\n",
      `${MARK}\ndns://protobox. {\n  errors\n  cache 30\n  forward . 10.0.0.2:53 10.0.0.3:53\n}\n`,
    ],
    [
      "gets a cache time where it has none",
      "protobox:53 {\n  cache\n  forward protobox 10.0.0.2 10.0.0.3\n}\n",
      `${MARK}\nprotobox:53 {\n  cache 30\n  forward protobox 10.0.0.2 10.0.0.3\n}\n`,
    ],
    [
      "changes the cache time where it counts",
      "protobox:53 {\n  cache {\n    success 9984 600\n    denial 9984 5\n  }\n  forward . 10.0.0.2 10.0.0.3\n}\n",
      `${MARK}\nprotobox:53 {\n  cache {\n    success 9984 30\n    denial 9984 5\n  }\n  forward . 10.0.0.2 10.0.0.3\n}\n`,
    ],
    [
      "keeps a cache that a snippet brings with the right time",
      "(c) {\n  cache 30\n}\nprotobox:53 {\n  import c\n  forward . 10.0.0.9\n}\n",
      `(c) {\n  cache 30\n}\n${MARK}\nprotobox:53 {\n  import c\n  forward . 10.0.0.2:53 10.0.0.3:53\n}\n`,
    ],
  ])("%s", (_, block, expected) => {
    expect(adopt(block)).toBe(expected);
  });

  it("gets the bind of the root block, without which it would never be asked", () => {
    const bound = ".:53 {\n    bind 169.254.25.10\n}\n";
    const block = "protobox:53 {\n    cache 30\n    forward . 10.0.0.2 10.0.0.3\n}\n";
    expect(adopt(block, bound)).toBe(
      `${MARK}\nprotobox:53 {\n    cache 30\n    bind 169.254.25.10\n    forward . 10.0.0.2 10.0.0.3\n}\n`,
    );
  });

  it("keeps a bind that has more addresses than the root block's", () => {
    const bound = ".:53 {\n    bind 10.0.0.1\n}\n";
    const block = "protobox:53 {\n    bind 10.0.0.5 10.0.0.1\n    cache 30\n    forward . 10.0.0.2 10.0.0.3\n}\n";
    expect(adopt(block, bound)).toBe(`${MARK}\n${block}`);
  });
});

describe("a zone that cannot be had without breaking what was made by hand", () => {
  it.each([
    [
      "it is served along with others",
      "protobox:53 other:53 {\n  errors\n}\n",
      "4:1",
      /along with others \(protobox:53 other:53\)/,
      /server block of its own/,
    ],
    [
      "it is served along with others, over lines",
      "other:53,\nprotobox:53 {\n  errors\n}\n",
      "4:1",
      /along with others/,
      /server block of its own/,
    ],
    [
      "a file answers for it",
      "protobox:53 {\n  file db.protobox\n}\n",
      "5:3",
      /answered by the plugin "file"/,
      /take that plugin out/,
    ],
    [
      "there are two forwards",
      "protobox:53 {\n  forward a.protobox 10.0.0.8\n  forward . 10.0.0.9\n}\n",
      "6:3",
      /more than one "forward"/,
      /leave one forward/,
    ],
    [
      "only a part is forwarded",
      "protobox:53 {\n  forward a.protobox 10.0.0.8\n}\n",
      "5:11",
      /only a part/,
      /forward \. ADDRESS/,
    ],
    [
      "its forward comes from a snippet",
      "(f) {\n  forward . 10.0.0.9\n}\nprotobox:53 {\n  import f\n}\n",
      "5:3",
      /comes from an import/,
      /into the server block/,
    ],
    [
      "its server block comes from a snippet",
      "(b) {\nprotobox:53 {\n  errors\n}\n}\nimport b\n",
      "5:1",
      /comes from an import/,
      /into the Corefile itself/,
    ],
    [
      "it has capital letters, so that CoreDNS never finds it",
      "Protobox:53 {\n  errors\n}\n",
      "4:1",
      /lower case/,
      /lower case/,
    ],
    ["it is split by views", "protobox:53 {\n  view a {\n    expr true\n  }\n}\n", "5:3", /views/, /take the view out/],
    ["it has no braces", "protobox:53\nerrors\n", "4:1", /no braces/, /put \{ and \}/],
  ])("is refused with the place and the fix: %s", (_, block, path, message, fix) => {
    const problems = refuse(block);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ severity: "error", file: "Corefile", path });
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.fix).toMatch(fix);
  });

  it("is refused when its server block listens elsewhere than the root block", () => {
    const problems = refuse("protobox:53 {\n  bind 10.0.0.7\n}\n", ".:53 {\n  bind 10.0.0.1\n}\n");
    expect(problems[0]).toMatchObject({ path: "5:8", value: "10.0.0.7" });
  });

  it("is refused where the last server block is not closed, which CoreDNS overlooks only at the end", () => {
    const problems = refuse("", ".:53 {\n  forward . 9.9.9.9 {\n  }\n");
    expect(problems[0]).toMatchObject({ path: "1:1", fix: "close the server block with } on a line of its own" });
  });

  it("is refused behind a quoted word that is not closed", () => {
    expect(refuse("", '.:53 {\n  errors\n}\nx "\n')[0]?.message).toMatch(/not closed|no such|quoted/);
  });
});
