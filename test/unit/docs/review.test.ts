import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { buildReview } from "../../../delivery/review/build";
import { renderMarkdown } from "../../../delivery/review/markdown/render";
import { renderText } from "../../../delivery/review/text";
import { previewOf } from "../delivery/preview/support/preview-files";
import {
  applicationChange,
  appProjectChange,
  namespaceChange,
  projectChange,
  quotaChange,
  source,
} from "../delivery/review/support/shop";

const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "review.md"), "utf8");

/** A merge request that adds a project to dev, and in prod moves a revision and lets a further group in. */
function example() {
  const blog = { project: "blog" };
  const role = (...groups: string[]) => ({ roles: [{ name: "rw-group", groups, policies: [] }] });
  const dev = previewOf(
    [
      projectChange("create", blog),
      namespaceChange(undefined, { "pod-security.kubernetes.io/enforce": "restricted" }, blog),
      quotaChange(undefined, { "requests.cpu": "1", "limits.cpu": "1" }, blog),
      appProjectChange(undefined, role("bloggers"), blog),
      applicationChange(undefined, source({ targetRevision: "v1.0.0" }), blog),
    ],
    { same: 84 },
  );
  const prod = previewOf(
    [
      quotaChange({ "requests.cpu": "4", "limits.cpu": "4" }, { "requests.cpu": "6", "limits.cpu": "6" }),
      appProjectChange(role("shop"), role("shop", "auditors")),
      applicationChange(source({ targetRevision: "v1.4.0" }), source({ targetRevision: "v1.5.0" })),
    ],
    { stack: "prod", same: 131 },
  );
  return buildReview([dev, prod]);
}

it("docs/review.md shows what a review says at a terminal", () => {
  const shown = /<!-- terminal -->\n```text\n([\s\S]*?)```/.exec(page)?.[1];
  expect(shown).toBe(renderText(example(), { paint: (text) => text }));
});

it("docs/review.md shows the note of the same review", () => {
  const shown = /<!-- note -->\n`{4}markdown\n([\s\S]*?)`{4}/.exec(page)?.[1];
  expect(shown).toBe(renderMarkdown(example()));
});
