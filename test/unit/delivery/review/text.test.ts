import { expect, it } from "vitest";
import { buildReview } from "../../../../delivery/review/build";
import { renderText } from "../../../../delivery/review/text";
import { previewOf, type Change } from "../preview/support/preview-files";

it("A review at the terminal has no line that a name has written", () => {
  const name = "web\n\nprod\n  Nothing changes.\n- gone";
  const change: Change = { op: "update", type: "a:b:C", name, before: { [name]: "1" }, after: { [name]: "2" } };
  const labels = { "dso/organization": name, "dso/project": "shop" };
  const project: Change = { op: "create", type: "a:b:C", name: "d", after: { metadata: { labels, name } } };
  const review = buildReview([previewOf([change, project])]);
  const text = renderText(review, { paint: (plain) => plain, details: true });
  expect(text.split("\n").filter((line) => /^(?:prod|\s*Nothing changes\.|\s*- gone)/.test(line))).toEqual([]);
  expect(text).toContain("web prod Nothing changes. - gone/shop\n");
});
