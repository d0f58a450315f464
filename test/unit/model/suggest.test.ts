import { describe, expect, it } from "vitest";
import { suggest } from "../../../model/suggest";

describe("suggest", () => {
  it.each([
    ["revison", "revision"],
    ["Revision", "revision"],
    ["paht", "path"],
    ["nmae", "name"],
    ["autoSync", "autosync"],
  ])("takes %s for %s", (word, meant) => {
    expect(suggest(word, ["revision", "path", "name", "autosync"])).toBe(meant);
  });

  it("says nothing when nothing is near", () => {
    expect(suggest("replicas", ["revision", "path", "name"])).toBeUndefined();
  });
});
