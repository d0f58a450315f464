import { describe, expect, it } from "vitest";
import { detailedDiff } from "../../../../../lab/plugins/kubernetes/diff/detailed-diff";
import { forceNewFields } from "../../../../../lab/plugins/kubernetes/diff/force-new";
import { type PropertyMap, Unknown } from "../../../../../lab/plugins/rpc";

const strict = { configMaps: false, secrets: false };

function kinds(live: PropertyMap, inputs: PropertyMap, mutable = strict): Record<string, string> {
  const details = detailedDiff(live, inputs, forceNewFields(inputs, mutable));
  return Object.fromEntries(Object.entries(details).map(([path, { kind }]) => [path, kind]));
}

function configMap(fields: PropertyMap): PropertyMap {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c", namespace: "n" }, ...fields };
}

function workload(kind: string, spec: PropertyMap): PropertyMap {
  return { apiVersion: kind === "Job" ? "batch/v1" : "apps/v1", kind, metadata: { name: "w" }, spec };
}

describe("a difference", () => {
  it("names each changed property by its path", () => {
    const live = configMap({ metadata: { name: "c", namespace: "n", labels: { "app.io/x": "1", gone: "y" } } });
    const next = configMap({
      metadata: { name: "c", namespace: "n", labels: { "app.io/x": "2" }, annotations: { a: "b" } },
    });
    expect(kinds(live, next)).toEqual({
      'metadata.labels["app.io/x"]': "update",
      "metadata.labels.gone": "delete",
      "metadata.annotations": "add",
    });
  });

  it("compares lists item by item, and sees what left an item", () => {
    const live = workload("Deployment", { template: { containers: [{ image: "a", tty: true }, { image: "b" }] } });
    const next = workload("Deployment", { template: { containers: [{ image: "a2" }] } });
    expect(kinds(live, next)).toEqual({
      "spec.template.containers[0].image": "update",
      "spec.template.containers[0].tty": "delete",
      "spec.template.containers[1]": "delete",
    });
  });

  it("is there wherever a value is unknown", () => {
    const next = configMap({ data: { a: new Unknown(), b: new Unknown() } });
    expect(kinds(configMap({ data: { a: "1" } }), next, { configMaps: true, secrets: true })).toEqual({
      "data.a": "update",
      "data.b": "add",
    });
  });

  it("shows a removal by comparing inputs, since the live object still has the value", () => {
    const details = detailedDiff({ a: 1, b: 1 }, { b: 2 }, []);
    expect(details).toEqual({ a: { kind: "delete", inputDiff: true }, b: { kind: "update", inputDiff: false } });
  });
});

describe("a replacement", () => {
  it.each([
    ["a changed name", configMap({ metadata: { name: "d", namespace: "n" } }), "metadata.name"],
    ["a changed namespace", configMap({ metadata: { name: "c", namespace: "m" } }), "metadata.namespace"],
  ])("follows from %s", (_, next, path) => {
    expect(kinds(configMap({}), next)).toEqual({ [path]: "update-replace" });
  });

  it("follows from a ConfigMap's data, unless ConfigMaps may change and this one is not immutable", () => {
    const [live, next] = [configMap({ data: { a: "1" } }), configMap({ data: { a: "2" } })];
    expect(kinds(live, next)).toEqual({ "data.a": "update-replace" });
    expect(kinds(live, next, { configMaps: true, secrets: false })).toEqual({ "data.a": "update" });
    const frozen = { ...next, immutable: true };
    expect(kinds({ ...live, immutable: true }, frozen, { configMaps: true, secrets: false })).toEqual({
      "data.a": "update-replace",
    });
  });

  it("follows from a Secret's data, and from its type in any case", () => {
    const secret = { apiVersion: "v1", kind: "Secret", type: "Opaque", data: { a: "1" } };
    const mutable = { configMaps: false, secrets: true };
    expect(kinds(secret, { ...secret, data: { a: "2" } })).toEqual({ "data.a": "update-replace" });
    expect(kinds(secret, { ...secret, data: { a: "2" } }, mutable)).toEqual({ "data.a": "update" });
    expect(kinds(secret, { ...secret, type: "x/y" }, mutable)).toEqual({ type: "update-replace" });
  });

  it.each([
    ["Deployment", { selector: { matchLabels: { a: "1" } } }, { selector: { matchLabels: { a: "2" } } }, true],
    ["Deployment", { replicas: 1 }, { replicas: 2 }, false],
    ["StatefulSet", { serviceName: "a" }, { serviceName: "b" }, true],
    ["DaemonSet", { selector: { matchLabels: {} } }, { selector: { matchLabels: { a: "2" } } }, true],
    ["Job", { template: { spec: { image: "a" } } }, { template: { spec: { image: "b" } } }, true],
    ["Job", { suspend: false }, { suspend: true }, false],
  ])("of a %s whose spec goes from %j to %j: %s", (kind, from, to, replaces) => {
    const found = Object.values(kinds(workload(kind, from), workload(kind, to)));
    expect(found.every((difference) => difference.endsWith("-replace"))).toBe(replaces);
    expect(found).not.toEqual([]);
  });

  it("follows when a whole spec comes that brings a fixed field along", () => {
    const binding = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding", metadata: { name: "b" } };
    expect(kinds(binding, { ...binding, roleRef: { kind: "Role", name: "r" } })).toEqual({ roleRef: "add-replace" });
  });

  it("follows from a Pod's image, in any container", () => {
    const pod = (image: string): PropertyMap => ({
      apiVersion: "v1",
      kind: "Pod",
      spec: {
        containers: [
          { name: "a", image: "x" },
          { name: "b", image },
        ],
      },
    });
    expect(kinds(pod("1"), pod("2"))).toEqual({ "spec.containers[1].image": "update-replace" });
  });
});
