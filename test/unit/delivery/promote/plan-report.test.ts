import { describe, expect, it } from "vitest";
import { planPromotion } from "../../../../delivery/promote/plan-promotion";
import { jsonPlan, moveLine, planTitle } from "../../../../delivery/promote/plan-report";
import { application, platform, request, SHOP, shop } from "./platform";

const plan = async () => {
  const root = platform({ [SHOP]: shop({ dev: "v1.5.0", staging: "v1.4.0", prod: "v1.4.0" }) });
  const applications = [application("dev", { targetRevision: "v1.5.0" })];
  return planPromotion({ ...request(root, applications), from: "dev", to: "staging" });
};

describe("A plan is told", () => {
  it("in a line for each move", async () => {
    const made = await plan();
    expect(made.moves.map((move) => moveLine(move, made.to.environment))).toEqual([
      "catalog/acme/shop.yaml: deploy in staging: revision v1.4.0 → v1.5.0",
    ]);
  });

  it("as JSON with a format, and without what the platforms say", async () => {
    const json = jsonPlan(await plan());
    expect(Object.keys(json)).toEqual(["format", "from", "to", "moves", "grounds", "warnings"]);
    expect(json).toMatchObject({ format: 1, from: "dev", to: "staging", moves: [{ after: "v1.5.0" }] });
  });

  it("by a title that stays short", async () => {
    const made = await plan();
    const [move] = made.moves;
    if (move === undefined) throw new Error("a move is expected");
    const moves = ["a/b", "a/c", "a/d", "a/e"].map((project) => ({ ...move, project }));
    expect(planTitle({ ...made, moves })).toBe("Promote dev to staging: 4 projects");
    expect(planTitle({ ...made, from: made.to })).toBe("Roll staging back: acme/shop");
  });
});
