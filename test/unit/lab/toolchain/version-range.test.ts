import { describe, expect, it } from "vitest";
import { compareVersions, versionFits } from "../../../../lab/toolchain/version-range";

describe("a version range", () => {
  const range = { from: "1.35.2", below: "1.36.0" };
  it.each(["1.35.2", "1.35.10", "1.35.4+k3s1"])("holds %s", (version) => {
    expect(versionFits(version, range)).toBe(true);
  });
  it.each(["1.35.1", "1.36.0", "1.35.4-rc.1", "0.0.0-master+$Format:%H$", "2", "", "latest"])(
    "does not hold %j",
    (version) => {
      expect(versionFits(version, range)).toBe(false);
    },
  );
});

describe("versions are compared", () => {
  it("by their numbers, not as text", () => {
    expect(["1.9", "1.26.8", "1.26", "1.3.0"].sort(compareVersions)).toEqual(["1.3.0", "1.9", "1.26", "1.26.8"]);
  });
});
