import { describe } from "vitest";
import { type Case, digest, DIGEST, holds, OLD, tag } from "./support/bumped";

describe("factory bump in manifests", () => {
  const pod = (list: string, image: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      ${list}:\n      - name: x\n        image: ${image}\n`;
  holds("deployment.yaml", [
    ...["containers", "initContainers", "ephemeralContainers"].map((list): Case => [
      `an image of ${list}`,
      pod(list, "s:1"),
      tag("s", "2"),
      pod(list, "s:2"),
    ]),
    ["a tag in place of tag and digest", pod("containers", `"s:1@${OLD}"`), tag("s", "1"), pod("containers", '"s:1"')],
    ["a digest in place of a tag", pod("containers", "s:1"), digest("s"), pod("containers", `s@${DIGEST}`)],
    [
      "an image of the second document",
      `${pod("containers", "a:1")}---\n${pod("containers", "b:1")}`,
      tag("b", "2"),
      `${pod("containers", "a:1")}---\n${pod("containers", "b:2")}`,
    ],
    [
      "a place of the second document",
      `${pod("containers", "a:1")}---\n${pod("containers", "a:1")}`,
      tag("a", "2", "2:spec.template.spec.containers.0.image"),
      `${pod("containers", "a:1")}---\n${pod("containers", "a:2")}`,
    ],
    [
      "an object in a List",
      `{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"s:1"}]}}]}`,
      tag("s", "2"),
      `{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"s:2"}]}}]}`,
    ],
    [
      "an image behind a byte order mark, without a last newline",
      `\uFEFF${pod("containers", "s:1").trimEnd()}`,
      tag("s", "2"),
      `\uFEFF${pod("containers", "s:2").trimEnd()}`,
    ],
  ]);
});
