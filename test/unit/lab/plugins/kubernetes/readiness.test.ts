import { describe, expect, it } from "vitest";
import { ingress } from "../../../../../lab/plugins/kubernetes/await/ingress";
import { persistentVolumeClaim } from "../../../../../lab/plugins/kubernetes/await/persistent-volume-claim";
import { ruleFor, ruleForRefresh } from "../../../../../lab/plugins/kubernetes/await/rules";
import { service } from "../../../../../lab/plugins/kubernetes/await/service";
import * as simple from "../../../../../lab/plugins/kubernetes/await/simple-rules";
import type { ReadinessRule } from "../../../../../lab/plugins/kubernetes/await/verdict";
import { userRule } from "../../../../../lab/plugins/kubernetes/await/wait-for";
import type { PropertyMap } from "../../../../../lab/plugins/rpc";
import { brokenPod, judge, problemsOf } from "./readiness-verdicts";

describe("a Service", () => {
  const object = (spec: PropertyMap, status: PropertyMap = {}): PropertyMap => ({
    metadata: { name: "web" },
    spec,
    status,
  });
  const slice = (...ready: boolean[]): PropertyMap => ({
    metadata: { labels: { "kubernetes.io/service-name": "web" } },
    endpoints: ready.map((value, index) => ({ conditions: { ready: value }, targetRef: { name: `pod-${index}` } })),
  });
  const selector = { selector: { app: "web" } };

  it.each([
    ["has ready Pods", object(selector), [slice(true)], "ready"],
    ["has an unready Pod", object(selector), [slice(true, false)], "waiting"],
    ["has no endpoints object yet", object(selector), [], "waiting"],
    ["has no Pods at all", object(selector), [slice()], "settling"],
    ["is headless", object({ ...selector, clusterIP: "None" }), [], "ready"],
    ["selects nothing", object({}), [], "ready"],
    ["is an external name", object({ ...selector, type: "ExternalName" }), [], "ready"],
    ["has no load balancer address", object({ ...selector, type: "LoadBalancer" }), [slice(true)], "waiting"],
    [
      "has a load balancer address",
      object({ ...selector, type: "LoadBalancer" }, { loadBalancer: { ingress: [{ ip: "1" }] } }),
      [slice(true)],
      "ready",
    ],
  ])("that %s", (_, live, slices, state) => {
    expect(judge(service, live, { EndpointSlice: slices }).state).toBe(state);
  });

  it("names the Pods that are not ready", () => {
    expect(problemsOf(judge(service, object(selector), { EndpointSlice: [slice(true, false)] }))).toContain("pod-1");
  });
});

describe("other kinds", () => {
  const path = { backend: { service: { name: "web" } } };
  const routed = { spec: { rules: [{ http: { paths: [path] } }] } };
  const addressed = { ...routed, status: { loadBalancer: { ingress: [{ ip: "1" }] } } };

  it.each<[string, ReadinessRule, PropertyMap, Record<string, PropertyMap[]>, string]>([
    ["an Ingress with address and Services", ingress, addressed, { Service: [{ metadata: { name: "web" } }] }, "ready"],
    ["an Ingress without address", ingress, routed, { Service: [{ metadata: { name: "web" } }] }, "waiting"],
    ["an Ingress to no Service", ingress, addressed, {}, "waiting"],
    ["a bound claim", persistentVolumeClaim, { status: { phase: "Bound" } }, {}, "ready"],
    [
      "a pending claim",
      persistentVolumeClaim,
      { spec: { storageClassName: "s" }, status: { phase: "Pending" } },
      {},
      "waiting",
    ],
    [
      "a claim that waits for its consumer",
      persistentVolumeClaim,
      { spec: { storageClassName: "s" }, status: { phase: "Pending" } },
      { StorageClass: [{ metadata: { name: "s" }, volumeBindingMode: "WaitForFirstConsumer" }] },
      "ready",
    ],
    ["a ready Pod", simple.pod, { status: { conditions: [{ type: "Ready", status: "True" }] } }, {}, "ready"],
    ["a Pod that is done", simple.pod, { status: { phase: "Succeeded" } }, {}, "ready"],
    ["a Pod that cannot start", simple.pod, brokenPod, {}, "waiting"],
    [
      "an established CRD",
      simple.customResourceDefinition,
      { status: { conditions: [{ type: "Established", status: "True" }] } },
      {},
      "ready",
    ],
    ["a new CRD", simple.customResourceDefinition, {}, {}, "waiting"],
    ["an active namespace", simple.namespace, { status: { phase: "Active" } }, {}, "ready"],
    [
      "a quota in force",
      simple.resourceQuota,
      { spec: { hard: { pods: "1" } }, status: { hard: { pods: "1" } } },
      {},
      "ready",
    ],
    ["a quota not in force", simple.resourceQuota, { spec: { hard: { pods: "1" } } }, {}, "waiting"],
    ["an ordinary Secret", simple.secret, { type: "Opaque" }, {}, "ready"],
    ["a token Secret without token", simple.secret, { type: "kubernetes.io/service-account-token" }, {}, "waiting"],
    [
      "a controller with its Pods",
      simple.replicationController,
      { spec: { replicas: 1 }, status: { availableReplicas: 1 } },
      {},
      "ready",
    ],
    ["an available volume", simple.persistentVolume, { status: { phase: "Available" } }, {}, "ready"],
  ])("%s", (_, rule, live, related, state) => {
    expect(judge(rule, live, related).state).toBe(state);
  });

  it("are ready as soon as they exist", () => {
    expect(ruleFor({ apiVersion: "v1", kind: "ConfigMap" })).toBeUndefined();
    expect(ruleFor({ apiVersion: "lab.io/v1", kind: "Deployment" })).toBeUndefined();
  });
});

describe("annotations", () => {
  const annotated = (annotations: PropertyMap): PropertyMap => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { annotations },
  });

  it("can skip the wait", () => {
    expect(ruleFor(annotated({ "pulumi.com/skipAwait": "true" }))).toBeUndefined();
    expect(ruleForRefresh(annotated({ "pulumi.com/skipAwait": "true" }))).toBeUndefined();
  });

  it.each([
    ["condition=Synced", { conditions: [{ type: "Synced", status: "True" }] }, true],
    ["condition=Synced=False", { conditions: [{ type: "Synced", status: "True" }] }, false],
    ["jsonpath={.status.phase}=Running", { phase: "Running" }, true],
    ["jsonpath={.status.phase}=Running", { phase: "Pending" }, false],
    ["jsonpath={.status.items[*].ok}=true", { items: [{ ok: false }, { ok: true }] }, true],
    ["jsonpath={.status.address}", {}, false],
    ['["condition=A", "jsonpath={.status.n}=3"]', { conditions: [{ type: "A", status: "True" }], n: 3 }, true],
  ])("can name another condition: %s", (waitFor, status, isReady) => {
    const rule = userRule(annotated({ "pulumi.com/waitFor": waitFor }));
    expect(rule && judge(rule, { status }).state).toBe(isReady ? "ready" : "waiting");
  });

  it("with a condition that cannot be read are refused", () => {
    expect(() => userRule(annotated({ "pulumi.com/waitFor": "phase=Running" }))).toThrow("pulumi.com/waitFor");
  });
});
