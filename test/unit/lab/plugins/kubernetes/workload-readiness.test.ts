import { describe, expect, it } from "vitest";
import { daemonSet } from "../../../../../lab/plugins/kubernetes/await/daemon-set";
import { deployment } from "../../../../../lab/plugins/kubernetes/await/deployment";
import { job } from "../../../../../lab/plugins/kubernetes/await/job";
import { statefulSet } from "../../../../../lab/plugins/kubernetes/await/stateful-set";
import type { PropertyMap } from "../../../../../lab/plugins/rpc";
import { brokenPod, judge, problemsOf } from "./readiness-verdicts";

const revision = "deployment.kubernetes.io/revision";
const owned = { ownerReferences: [{ uid: "u" }] };

describe("a Deployment", () => {
  const object = (status: PropertyMap, number = "1"): PropertyMap => ({
    metadata: { name: "web", uid: "u", generation: 2, annotations: { [revision]: number } },
    status: { observedGeneration: 2, ...status },
  });
  const available = { conditions: [{ type: "Available", status: "True" }] };
  const replicaSet = (readyReplicas: number, number = "1"): PropertyMap => ({
    metadata: { name: "web-abc", uid: "rs", annotations: { [revision]: number }, ...owned },
    spec: { replicas: 2 },
    status: { readyReplicas },
  });

  it("is ready when it is available and its ReplicaSet has all Pods", () => {
    expect(judge(deployment, object(available), { ReplicaSet: [replicaSet(2)] }).state).toBe("ready");
  });

  it("waits until its controller has seen this version of it", () => {
    const stale = object({ ...available, observedGeneration: 1 });
    expect(judge(deployment, stale, { ReplicaSet: [replicaSet(2)] }).state).toBe("waiting");
  });

  it("does not count the Pods of an earlier revision", () => {
    expect(judge(deployment, object(available, "2"), { ReplicaSet: [replicaSet(2, "1")] }).state).toBe("waiting");
  });

  it("needs the rollout of a later revision to be over", () => {
    const rollingOut = {
      conditions: [
        { type: "Available", status: "True" },
        { type: "Progressing", status: "True", reason: "ReplicaSetUpdated" },
      ],
    };
    expect(judge(deployment, object(rollingOut, "2"), { ReplicaSet: [replicaSet(2, "2")] }).state).toBe("waiting");
    const done = {
      conditions: [
        { type: "Available", status: "True" },
        { type: "Progressing", status: "True", reason: "NewReplicaSetAvailable" },
      ],
    };
    expect(judge(deployment, object(done, "2"), { ReplicaSet: [replicaSet(2, "2")] }).state).toBe("ready");
  });

  it("says which ReplicaSet, which Pod and which claim it waits for, and why", () => {
    const status = {
      conditions: [{ type: "Available", status: "False", reason: "MinimumReplicasUnavailable", message: "too few" }],
    };
    const volumes = [{ name: "v", persistentVolumeClaim: { claimName: "disk" } }];
    const verdict = judge(
      deployment,
      { ...object(status), spec: { template: { spec: { volumes } } } },
      {
        ReplicaSet: [replicaSet(1)],
        Pod: [brokenPod],
        PersistentVolumeClaim: [{ metadata: { name: "disk" }, status: { phase: "Pending" } }],
      },
    );
    expect(problemsOf(verdict)).toBe(
      [
        "ReplicaSet web-abc: 1 of 2 Pods are ready",
        "[MinimumReplicasUnavailable] too few",
        "PersistentVolumeClaim disk is not bound",
        'Pod shop/web-1: containers with unready status: [c]; container "c" waits: ImagePullBackOff (no such image)',
      ].join("\n"),
    );
  });
});

describe("a StatefulSet", () => {
  const object = (status: PropertyMap, spec: PropertyMap = {}): PropertyMap => ({
    metadata: { name: "db", uid: "u", generation: 2 },
    spec: { replicas: 2, ...spec },
    status: {
      observedGeneration: 2,
      replicas: 2,
      readyReplicas: 2,
      currentReplicas: 2,
      currentRevision: "a",
      updateRevision: "a",
      ...status,
    },
  });

  it.each([
    ["all replicas are at the new revision", object({}), "ready"],
    ["a replica is not ready", object({ readyReplicas: 1 }), "waiting"],
    ["the rollout goes on", object({ updateRevision: "b", currentReplicas: 1, updatedReplicas: 1 }), "waiting"],
    [
      "the strategy leaves the rollout to the user",
      object({ updateRevision: "b", currentReplicas: 0 }, { updateStrategy: { type: "OnDelete" } }),
      "ready",
    ],
    ["its controller has not seen it", object({ observedGeneration: 1 }), "waiting"],
  ])("when %s", (_, live, state) => {
    expect(judge(statefulSet, live).state).toBe(state);
  });

  it("says how many Pods are missing, and which revision", () => {
    const verdict = judge(statefulSet, object({ updateRevision: "b", currentReplicas: 1, updatedReplicas: 1 }), {
      Pod: [brokenPod],
    });
    expect(problemsOf(verdict)).toContain("1 of 2 Pods are ready");
    expect(problemsOf(verdict)).toContain('from revision "a" to revision "b"');
    expect(problemsOf(verdict)).toContain("Pod shop/web-1");
  });
});

describe("a DaemonSet", () => {
  const counts = {
    desiredNumberScheduled: 2,
    currentNumberScheduled: 2,
    updatedNumberScheduled: 2,
    numberAvailable: 2,
    numberReady: 2,
  };
  const object = (status: PropertyMap): PropertyMap => ({ metadata: { generation: 1, uid: "u" }, status });

  it.each([
    ["each node has its Pod", { observedGeneration: 1, ...counts }, "ready"],
    ["no node wants one", { observedGeneration: 1, desiredNumberScheduled: 0 }, "ready"],
    ["a Pod is old", { observedGeneration: 1, ...counts, updatedNumberScheduled: 1 }, "waiting"],
    ["its controller has not seen it", {}, "waiting"],
  ])("when %s", (_, status, state) => {
    expect(judge(daemonSet, object(status)).state).toBe(state);
  });
});

describe("a Job", () => {
  const withCondition = (type: string, more: PropertyMap = {}): PropertyMap => ({
    metadata: { uid: "u" },
    status: { startTime: "now", conditions: [{ type, status: "True", ...more }] },
  });

  it("is ready when complete", () => {
    expect(judge(job, withCondition("Complete")).state).toBe("ready");
  });

  it("fails at once when its controller gave it up, with the reason and the Pod", () => {
    const verdict = judge(job, withCondition("Failed", { reason: "BackoffLimitExceeded", message: "too often" }), {
      Pod: [brokenPod],
    });
    expect(verdict.state).toBe("failed");
    expect(problemsOf(verdict)).toContain("[BackoffLimitExceeded] too often");
    expect(problemsOf(verdict)).toContain("Pod shop/web-1");
  });

  it("is waited for while it runs", () => {
    expect(judge(job, { status: { startTime: "now", active: 1 } }).state).toBe("waiting");
  });
});
