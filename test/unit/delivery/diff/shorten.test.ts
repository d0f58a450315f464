import { describe, expect, it } from "vitest";
import { shorten } from "../../../../delivery/diff/shorten";

describe("Values in the table of factory diff", () => {
  it.each([
    ["short ones are whole", "v1.4.0", "v1.5.0", ["v1.4.0", "v1.5.0"]],
    ["none is a dash, and an empty one has quotes", undefined, "", ["-", '""']],
    ["lines become one", "a\n  b", "c", ["a b", "c"]],
    ["long ones lose their end", "a".repeat(60), "b".repeat(48), [`${"a".repeat(47)}…`, "b".repeat(48)]],
    ["one alone loses its end", "a".repeat(60), undefined, [`${"a".repeat(47)}…`, "-"]],
    [
      "long ones that begin alike lose what is the same",
      `https://raw.githubusercontent.com/argoproj/argo-cd/v3.2.6/manifests/install.yaml`,
      `https://raw.githubusercontent.com/argoproj/argo-cd/v3.2.6/manifests/ha/install.yaml`,
      ["…6/manifests/install.yaml", "…6/manifests/ha/install.yaml"],
    ],
    [
      "one that goes on where the other ends",
      "x".repeat(50),
      `${"x".repeat(50)}${"y".repeat(60)}`,
      [`…${"x".repeat(12)}`, `…${"x".repeat(12)}${"y".repeat(34)}…`],
    ],
  ])("%s", (_, left, right, shown) => {
    expect(shorten(left, right)).toEqual(shown);
  });
});
