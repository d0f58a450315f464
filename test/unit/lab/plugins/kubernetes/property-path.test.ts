import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contains, formatPath, parsePath } from "../../../../../lab/plugins/kubernetes/diff/property-path";

describe("a property path", () => {
  it.each([
    ["spec.replicas", ["spec", "replicas"]],
    ["spec.containers[0].image", ["spec", "containers", 0, "image"]],
    ['metadata.annotations["a.b/c"]', ["metadata", "annotations", "a.b/c"]],
    ['["a.b"].c', ["a.b", "c"]],
    ["spec.containers[*].image", ["spec", "containers", "*", "image"]],
    [".spec.x", ["spec", "x"]],
  ])("%s is read step by step", (text, steps) => {
    expect(parsePath(text)).toEqual(steps);
  });

  it.each(["a..b", "a[", 'a["b', "a."])("%s is refused", (text) => {
    expect(() => parsePath(text)).toThrow("is not a property path");
  });

  it("is the same after it was written and read", () => {
    const step = fc.oneof(fc.stringMatching(/^[a-z./]{1,8}$/), fc.nat(9));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        fc.pre(typeof steps[0] === "string");
        expect(parsePath(formatPath(steps))).toEqual(steps);
      }),
    );
  });

  it("contains what lies inside it, an asterisk standing for any step", () => {
    expect(contains(parsePath("spec.containers[*]"), parsePath("spec.containers[3].image"))).toBe(true);
    expect(contains(parsePath("spec.template"), parsePath("spec"))).toBe(false);
    expect(contains(parsePath("spec.a"), parsePath("spec.ab"))).toBe(false);
  });
});
