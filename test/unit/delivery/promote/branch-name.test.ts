import { describe, expect, it } from "vitest";
import { branchName, type BranchOf } from "../../../../delivery/promote/branch-name";

const known = ["acme/shop", "acme/cart", "acme/docs", "other/docs"];
const of = (projects: readonly string[], rest: Partial<BranchOf> = {}): string =>
  branchName({ step: "promote-dev-to-staging", projects, known, ...rest });

describe("The branch of a promotion", () => {
  it.each([
    ["all projects", [], "factory/promote-dev-to-staging"],
    ["one project", ["shop"], "factory/promote-dev-to-staging-shop"],
    ["one with its organisation", ["acme/shop"], "factory/promote-dev-to-staging-shop"],
    ["one that is named twice", ["acme/shop", "shop"], "factory/promote-dev-to-staging-shop"],
    ["one that two organisations have", ["other/docs"], "factory/promote-dev-to-staging-other_docs"],
    ["several in whatever order", ["shop", "acme/cart"], "factory/promote-dev-to-staging-cart.shop"],
    ["one that only the server's catalogue has", ["acme/new"], "factory/promote-dev-to-staging-new"],
  ])("is the same for %s", (_, projects, expected) => {
    expect(of(projects)).toBe(expected);
  });

  it("stays short, and differs, where many are named", () => {
    const many = Array.from({ length: 30 }, (_, index) => `project-${String(index)}`);
    expect(of(many)).toMatch(/^factory\/promote-dev-to-staging-[0-9a-f]{10}$/);
    expect(of(many)).toBe(of([...many].reverse()));
    expect(of(many)).not.toBe(of(many.slice(1)));
  });

  it("is another one for another branch to merge into", () => {
    expect(of(["shop"], { target: "release/1" })).toBe("factory/promote-dev-to-staging-shop-into-release_1");
  });
});
