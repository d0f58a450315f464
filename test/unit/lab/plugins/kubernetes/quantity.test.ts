import { describe, expect, it } from "vitest";
import { canonicalQuantities, canonicalQuantity } from "../../../../../lab/plugins/kubernetes/object/quantity";

describe("a quantity", () => {
  // The right-hand sides are what resource.MustParse(x).String() of k8s.io/apimachinery gives.
  it.each([
    ["0.5", "500m"],
    ["1", "1"],
    [2, "2"],
    ["1000", "1k"],
    ["1000m", "1"],
    ["1500m", "1500m"],
    ["1024Mi", "1Gi"],
    ["1.5Gi", "1536Mi"],
    ["512Mi", "512Mi"],
    ["0", "0"],
    ["0Mi", "0"],
    ["1e3", "1e3"],
    ["-1.5", "-1500m"],
    [".5", "500m"],
    ["1000000n", "1m"],
  ])("is written %s as the API server writes it", (given, canonical) => {
    expect(canonicalQuantity(given)).toBe(canonical);
  });

  it.each(["", "abc", "1 Gi", "1GiB", "1..2", "latest"])("is not what %j is", (text) => {
    expect(canonicalQuantity(text)).toBeUndefined();
  });
});

describe("an object's quantities", () => {
  it("are respelled where fields are quantities, and nowhere else", () => {
    const container = {
      resources: { limits: { cpu: "0.5", memory: "1024Mi" }, requests: { cpu: 1 } },
      env: [{ name: "RATIO", value: "0.5" }],
    };
    expect(
      canonicalQuantities({
        metadata: { labels: { share: "0.5" } },
        spec: { containers: [container], volumes: [{ emptyDir: { sizeLimit: "2048Mi" } }] },
        data: { ratio: "0.5" },
      }),
    ).toEqual({
      metadata: { labels: { share: "0.5" } },
      spec: {
        containers: [
          { resources: { limits: { cpu: "500m", memory: "1Gi" }, requests: { cpu: "1" } }, env: container.env },
        ],
        volumes: [{ emptyDir: { sizeLimit: "2Gi" } }],
      },
      data: { ratio: "0.5" },
    });
  });
});
