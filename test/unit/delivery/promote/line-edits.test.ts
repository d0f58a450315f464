import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unifiedDiff } from "../../../../delivery/bump/diff";
import { applyEdits } from "../../../../delivery/bump/slot";
import { lineEdits } from "../../../../delivery/promote/line-edits";

describe("The difference of two texts", () => {
  it("is shown with the lines between that stay", () => {
    const [before, after] = ["a\nb\nc\nd\ne\nf\n", "a\nB\nc\nd\nd2\ne\nF"];
    expect(unifiedDiff("x", before, lineEdits(before, after))).toBe(
      "--- a/x\n+++ b/x\n@@ -1,6 +1,7 @@\n a\n-b\n+B\n c\n d\n+d2\n e\n-f\n+F\n\\ No newline at end of file\n",
    );
  });

  it("makes the one out of the other, whatever they are", () => {
    const text = fc.array(fc.constantFrom("a\n", "b\n", "c\n", "\n", "d")).map((lines) => lines.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applyEdits(before, lineEdits(before, after))).toBe(after);
        expect(lineEdits(before, before)).toEqual([]);
      }),
    );
  });
});
