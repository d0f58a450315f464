import { describe, expect, it } from "vitest";
import { isFixedRevision } from "../../../model/revision";

describe("A revision", () => {
  it.each(["v1.4.0", "1.4.0", "2.0.0-rc.1", "1.2.3+build.5", "v2", "2024.11", "4f2a9c1", "4f2a9c1e".repeat(5)])(
    "stays the same by its form: %s",
    (revision) => {
      expect(isFixedRevision(revision)).toBe(true);
    },
  );
  it("stays the same when it is named as a tag", () => {
    expect(isFixedRevision("refs/tags/release-of-may")).toBe(true);
  });
  it.each(["HEAD", "main", "CD", "release-of-may", "refs/heads/v1.0.0", "1.4.*", "^2", "env/prod", "feature/v1.2"])(
    "moves: %s",
    (revision) => {
      expect(isFixedRevision(revision)).toBe(false);
    },
  );
});
