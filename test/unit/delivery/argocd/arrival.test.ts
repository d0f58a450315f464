import { describe, expect, it } from "vitest";
import type { Application } from "../../../../delivery/argocd/application";
import { judgeArrival } from "../../../../delivery/argocd/arrival";

const wanted = "a".repeat(40);
const [earlier, later] = ["2026-11-21T12:00:00Z", "2026-11-21T12:00:05Z"];

function judged(status: object, more: Partial<Application> = {}): string {
  const application = {
    metadata: { name: "shop" },
    spec: { project: "shop", syncPolicy: { automated: {} } },
    status: {
      sync: { status: "Synced", revision: wanted },
      health: { status: "Healthy" },
      reconciledAt: later,
      operationState: { phase: "Succeeded", finishedAt: earlier, syncResult: { revision: wanted } },
      ...status,
    },
    ...more,
  };
  const arrival = judgeArrival(application, (revision) => revision === wanted);
  return `${arrival.kind}: ${arrival.kind === "arrived" ? arrival.revision : arrival.reason}`;
}

describe("An Application has arrived at a commit", () => {
  it.each([
    ["when it is Synced and Healthy there", {}, `arrived: ${wanted}`],
    [
      "also as one of several sources",
      { sync: { status: "Synced", revisions: ["chart", wanted] } },
      `arrived: ${wanted}`,
    ],
    ["also where nothing had to be applied", { operationState: undefined }, `arrived: ${wanted}`],
    [
      "not at another revision",
      { sync: { status: "Synced", revision: "b" } },
      "waiting: Argo CD has not seen the commit yet",
    ],
    ["not before its pods are ready", { health: { status: "Progressing" } }, "waiting: Synced, Progressing"],
    [
      "not while it is synchronised, with what Argo CD says",
      { operationState: { phase: "Running", message: "waiting for hooks" } },
      "waiting: Argo CD synchronises: waiting for hooks",
    ],
    ["not before Argo CD has looked again", { reconciledAt: "2026-11-21T11:59:00Z" }, "waiting: Argo CD synchronises"],
    [
      "not where it is OutOfSync yet",
      { sync: { status: "OutOfSync", revision: wanted } },
      "waiting: the Application is OutOfSync",
    ],
    ["not for sure where it is Degraded", { health: { status: "Degraded" } }, "doubtful: Synced, but Degraded"],
    [
      "not where the manifests cannot be read",
      { conditions: [{ type: "ComparisonError", message: "no such path" }] },
      "doubtful: ComparisonError: no such path",
    ],
    [
      "not where its own synchronisation has failed",
      {
        sync: { status: "OutOfSync", revision: wanted },
        operationState: { phase: "Failed", message: "denied", syncResult: { revision: wanted } },
      },
      "stopped: Argo CD's synchronisation ended with Failed: denied",
    ],
    [
      "and an earlier commit's failure says nothing",
      {
        sync: { status: "OutOfSync", revision: wanted },
        operationState: { phase: "Failed", finishedAt: earlier, syncResult: { revision: "b" } },
      },
      "waiting: the Application is OutOfSync",
    ],
  ])("%s", (_, status, expected) => {
    expect(judged(status)).toBe(expected);
  });

  it("by somebody's hand where Argo CD does not synchronise by itself", () => {
    const spec = { project: "shop" };
    expect(judged({ sync: { status: "OutOfSync", revision: wanted } }, { spec })).toMatch(
      /^stopped: .* does not synchronise it by itself$/,
    );
  });

  it("not while a synchronisation is asked for", () => {
    expect(judged({}, { operation: {} })).toBe("waiting: Argo CD synchronises");
  });
});
