import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unifiedDiff } from "../../../../delivery/bump/diff";
import { applyEdits, type Edit } from "../../../../delivery/bump/slot";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bump-diff-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("The diff of a bump", () => {
  it("shows three lines around a change", () => {
    const text = "1\n2\n3\n4\ntag: a\n5\n6\n7\n8";
    const start = text.indexOf("a\n5");
    expect(unifiedDiff("./k/v.yaml", text, [{ start, end: start + 1, text: "b" }])).toBe(
      "--- a/k/v.yaml\n+++ b/k/v.yaml\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-tag: a\n+tag: b\n 5\n 6\n 7\n",
    );
  });

  it("is empty without a change", () => {
    expect(unifiedDiff("a", "b", [])).toBe("");
    expect(unifiedDiff("a", "b\n", [{ start: 0, end: 1, text: "b" }])).toBe("");
  });

  it("is applied by git to the same result, whatever the edits", () => {
    const line = fc.constantFrom("a", "bb", "c: d", "", "e\r");
    const edits = fc.array(fc.tuple(fc.nat(80), fc.nat(6), fc.constantFrom("", "x", "\ny: z", "q")), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 3, maxLength: 25 }), fc.boolean(), edits, (lines, ends, wanted) => {
        const text = lines.join("\n") + (ends ? "\n" : "x");
        let at = 0;
        const own: Edit[] = [];
        for (const [skip, length, fresh] of wanted) {
          const start = at + skip;
          if (start + length >= text.length) break;
          own.push({ start, end: start + length, text: fresh });
          at = start + length + 1;
        }
        const result = applyEdits(text, own);
        fc.pre(result !== text && result !== "");
        writeFileSync(join(folder, "f"), text);
        const git = spawnSync("git", ["apply", "--whitespace=nowarn", "-"], {
          cwd: folder,
          input: unifiedDiff("f", text, own),
          encoding: "utf8",
          env: {
            PATH: process.env["PATH"],
            GIT_CEILING_DIRECTORIES: tmpdir(),
            GIT_CONFIG_GLOBAL: "/dev/null",
            GIT_CONFIG_NOSYSTEM: "1",
          },
        });
        expect(git.stderr).toBe("");
        expect(readFileSync(join(folder, "f"), "utf8")).toBe(result);
      }),
      // A change far from an edit that changes nothing.
      {
        numRuns: 40,
        examples: [
          [
            Array<string>(8).fill("a"),
            false,
            [
              [0, 0, "\ny: z"],
              [13, 0, ""],
              [0, 0, ""],
            ],
          ],
        ],
      },
    );
  });
});
