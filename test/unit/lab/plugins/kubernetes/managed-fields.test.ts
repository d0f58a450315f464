import { describe, expect, it } from "vitest";
import { explainConflict } from "../../../../../lab/plugins/kubernetes/apply/conflict";
import { forces } from "../../../../../lab/plugins/kubernetes/apply/force";
import { withIgnoredFields } from "../../../../../lab/plugins/kubernetes/apply/ignored-fields";
import { absorb } from "../../../../../lab/plugins/kubernetes/apply/managed-fields";
import { ApiError } from "../../../../../lab/plugins/kubernetes/api/errors";
import { readSettings } from "../../../../../lab/plugins/kubernetes/config/settings";
import type { PropertyMap } from "../../../../../lab/plugins/rpc";

const own = "pulumi-kubernetes-11111111";

function entry(manager: string, operation: string, fieldsV1: PropertyMap, more: PropertyMap = {}): PropertyMap {
  return { manager, operation, fieldsV1, apiVersion: "v1", ...more };
}

describe("taking over fields", () => {
  it("joins what the create and kubectl own to the apply of the manager", () => {
    const status = entry("kube-controller-manager", "Update", { "f:status": {} }, { subresource: "status" });
    const others = entry("argocd", "Apply", { "f:data": { "f:z": {} } });
    const taken = absorb(
      [
        entry(own, "Update", { "f:data": { "f:a": {} } }),
        entry("kubectl-edit", "Update", { "f:data": { "f:b": {} } }),
        status,
        others,
      ],
      own,
    );
    expect(taken).toEqual([status, others, entry(own, "Apply", { "f:data": { "f:a": {}, "f:b": {} } })]);
  });

  it("keeps what the manager applied before", () => {
    const applied = entry(own, "Apply", { "f:data": { "f:a": {} } });
    expect(absorb([applied, entry("kubectl", "Apply", { "f:data": { "f:b": {} } })], own)).toEqual([
      entry(own, "Apply", { "f:data": { "f:a": {}, "f:b": {} } }),
    ]);
  });

  it("is not needed when only others own something", () => {
    expect(absorb([entry("argocd", "Apply", {}), entry("helm", "Update", {})], own)).toBeUndefined();
  });
});

describe("forcing an apply", () => {
  const settings = readSettings({}, {});
  const object = { metadata: {} };
  const created = { metadata: { managedFields: [entry(own, "Update", {})] } };
  const foreign = { metadata: { managedFields: [entry("argocd", "Apply", {})] } };
  const annotated = { metadata: { annotations: { "pulumi.com/patchForce": "true" } } };

  it.each([
    ["is done where the annotation says so", annotated, foreign, false, true],
    ["is not done against another manager", object, foreign, false, false],
    ["is not done in a preview against another manager", object, foreign, true, false],
    ["is done in a preview where the update will have taken the fields over", object, created, true, true],
    ["is done on objects that know no managers", object, object, false, true],
    ["is done in the preview of a creation", object, undefined, true, true],
    ["is not done by a creation", object, undefined, false, false],
  ])("%s", (_, inputs, live, preview, expected) => {
    expect(forces(settings, inputs, live, own, preview)).toBe(expected);
  });

  it("follows the provider's setting where there is no annotation", () => {
    expect(forces(readSettings({ enablePatchForce: "true" }, {}), object, foreign, own, false)).toBe(true);
  });
});

describe("ignored changes", () => {
  const live = {
    metadata: {
      managedFields: [
        entry("hpa", "Update", { "f:spec": { "f:replicas": {} } }),
        entry(own, "Apply", { "f:spec": { "f:image": {} } }),
      ],
    },
    spec: { replicas: 7, image: "live", items: [{ v: 1 }, { v: 2 }] },
  };
  const inputs = { spec: { replicas: 1, image: "wanted", items: [{ v: 8 }, { v: 9 }] } };

  it("leave a field out that only another manager owns", () => {
    expect(withIgnoredFields(inputs, live, ["spec.replicas"], own)["spec"]).toEqual({
      image: "wanted",
      items: inputs.spec.items,
    });
  });

  it("keep the live value of a field of one's own", () => {
    expect(withIgnoredFields(inputs, live, ["spec.image", "spec.items[1].v"], own)).toEqual({
      spec: { replicas: 1, image: "live", items: [{ v: 8 }, { v: 2 }] },
    });
  });
});

describe("a conflict", () => {
  it("is told with the manager, the fields and the ways out", () => {
    const refused = new ApiError(409, "Conflict", 'Apply failed with 1 conflict: conflict with "helm": .data.a', [
      { reason: "FieldManagerConflict", message: 'conflict with "helm"', field: ".data.a" },
    ]);
    const explained = explainConflict(refused, own) as ApiError;
    expect(explained.message).toContain(own);
    expect(explained.message).toContain('conflict with "helm": .data.a');
    expect(explained.message).toContain("pulumi.com/patchForce");
    expect(explained.causes).toBe(refused.causes);
  });

  it("is the only error that changes", () => {
    const other = new ApiError(404, "NotFound", "gone");
    expect(explainConflict(other, own)).toBe(other);
  });
});
