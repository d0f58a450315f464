import { describe, expect, it } from "vitest";
import { judgeNodes, type Node } from "../../../../delivery/doctor/nodes";

function node(spec: Node["spec"] = {}, ready = "True"): Node {
  return { metadata: { name: "n" }, spec, status: { conditions: [{ type: "Ready", status: ready }] } };
}

describe("The nodes", () => {
  it("suffice for the plain variant when one takes pods", () => {
    expect(judgeNodes([node()], "install")).toMatchObject([{ severity: "ok", message: "1 of 1 node takes pods" }]);
  });

  it.each([
    ["is cordoned", node({ unschedulable: true })],
    ["has a taint that keeps pods off", node({ taints: [{ effect: "NoSchedule" }] })],
    ["is not ready", node({}, "Unknown")],
  ])("do not count one that %s", (_, closed) => {
    expect(judgeNodes([closed], "install")).toMatchObject([{ severity: "error" }]);
    expect(judgeNodes([closed, node()], "install")).toMatchObject([{ message: "1 of 2 nodes takes pods" }]);
  });

  it("count one that pods merely avoid", () => {
    expect(judgeNodes([node({ taints: [{ effect: "PreferNoSchedule" }] })], "install")).toMatchObject([
      { severity: "ok" },
    ]);
  });

  it("must be three for the variant ha", () => {
    expect(judgeNodes([node(), node()], "ha")).toMatchObject([
      { severity: "error", message: "2 of 2 nodes take pods, but the variant ha needs 3: its Redis pods keep apart" },
    ]);
    expect(judgeNodes([node(), node(), node()], "ha")).toMatchObject([{ severity: "ok" }]);
  });

  it("are not judged when they may not be listed", () => {
    expect(judgeNodes("hidden", "ha")).toMatchObject([{ severity: "note" }]);
  });
});
