import { describe, expect, it } from "vitest";
import { foreignness, type FoundPlan, movedFiles, movedState } from "../../../../delivery/apply/moved";
import { type PlanOrigin, sha256 } from "../../../../delivery/plan/origin";

const plan = `{"resourcePlans":{"urn:pulumi:dev::factory::pulumi:pulumi:Stack::factory-dev":{}}}`;
const name = (digit: string): string => digit.repeat(40);
const origin: PlanOrigin = {
  version: 1,
  ...{ project: "factory", stack: "dev", commit: name("1"), tree: name("2"), pulumi: "v3.220.0" },
  files: { "catalog/shop.yaml": name("3") },
  ...{ state: sha256("state"), plan: sha256(plan), refreshed: true, createdAt: "2026-01-02T03:04:05.000Z" },
};
const found: FoundPlan = {
  origin,
  plan,
  place: "https://gitlab.example/-/jobs/7",
  again: "retry it",
  anew: "open one",
};
const messages = (problems: readonly { message: string; fix: string }[]) =>
  problems.map(({ message, fix }) => [message, fix]);

describe("A plan", () => {
  it("is good for its stack, its files and its state", () => {
    expect(foreignness(found, "dev", "v3.220.0")).toEqual([]);
    expect(movedFiles(found, { commit: name("4"), tree: name("5"), files: origin.files })).toEqual([]);
    expect(movedState(found, "dev", sha256("state"))).toEqual([]);
  });

  it("of another stack is refused, also when its origin was made to fit", () => {
    expect(messages(foreignness(found, "prod", "v3.220.0"))).toEqual([["the plan is another stack's", "retry it"]]);
    const swapped = { ...found, origin: { ...origin, stack: "prod" } };
    expect(messages(foreignness(swapped, "prod", "v3.220.0"))).toEqual([
      ["the plan holds resources of another stack or project", "retry it"],
    ]);
  });

  it("that was changed afterwards is refused", () => {
    expect(messages(foreignness({ ...found, plan: `${plan} ` }, "dev", "v3.220.0"))).toEqual([
      [expect.stringContaining("the checksum differs"), "retry it"],
    ]);
  });

  it("of another Pulumi is refused with both versions", () => {
    expect(foreignness(found, "dev", "v3.221.0")).toMatchObject([{ value: "v3.220.0", allowed: "v3.221.0" }]);
  });

  it("is refused with the files that are others now, five of them by name", () => {
    const files = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`catalog/${String(n)}.yaml`, name("6")]));
    const moved = movedFiles(found, { commit: name("4"), tree: name("5"), files });
    expect(moved).toMatchObject([
      { fix: "open one", value: [1, 2, 3, 4, 5].map((n) => `catalog/${String(n)}.yaml`).join(", ") + " and 2 more" },
    ]);
  });

  it("is refused on another state, with the time that it was made", () => {
    const [problem] = movedState(found, "dev", sha256("another state"));
    expect(problem?.message).toContain("dev has changed since the plan was made (2026-01-02T03:04:05.000Z)");
  });
});
