import { describe, expect, it } from "vitest";
import { normalized } from "../../../../../lab/plugins/kubernetes/object/normalize";
import { pruned } from "../../../../../lab/plugins/kubernetes/object/prune";
import { withZeroValues } from "../../../../../lab/plugins/kubernetes/object/zero-values";
import { Unknown } from "../../../../../lab/plugins/rpc";

const secret = { apiVersion: "v1", kind: "Secret" };

describe("normalised inputs", () => {
  it("hold a Secret's stringData in data, which it overrides", () => {
    const inputs = { ...secret, data: { a: "b2xk", b: "Yg==" }, stringData: { a: "new" } };
    expect(normalized(inputs)).toEqual({ ...secret, data: { a: "bmV3", b: "Yg==" } });
  });

  it("hold base64 without line breaks, and leave broken base64 for the API server to refuse", () => {
    expect(normalized({ ...secret, data: { a: "YWJj\nZGVm\n", b: "not base64!" } })).toEqual({
      ...secret,
      data: { a: "YWJjZGVm", b: "not base64!" },
    });
  });

  it("drop what the API server drops from a built-in kind, and keep what it keeps", () => {
    const spec = {
      hostNetwork: false,
      replicas: 0,
      automountServiceAccountToken: false,
      args: [],
      nodeSelector: {},
      emptyDir: {},
    };
    expect(normalized({ apiVersion: "v1", kind: "Pod", spec })["spec"]).toEqual({
      replicas: 0,
      automountServiceAccountToken: false,
      emptyDir: {},
    });
  });

  it("leave the objects of CRDs as they are, but for what only the server writes", () => {
    const spec = { hostNetwork: false, args: [], resources: { limits: { cpu: "0.5" } } };
    const object = { apiVersion: "lab.io/v1", kind: "Widget", metadata: { name: "w" }, spec };
    expect(normalized({ ...object, metadata: { name: "w", uid: "1", resourceVersion: "2" } })).toEqual(object);
  });

  it("lose a CRD's status and its preserveUnknownFields: false", () => {
    const crd = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
    const inputs = { ...crd, spec: { preserveUnknownFields: false, scope: "Cluster" }, status: {} };
    expect(normalized(inputs)).toEqual({ ...crd, spec: { scope: "Cluster" } });
  });

  it("stay as given while a value is unknown", () => {
    const inputs = { ...secret, stringData: { a: new Unknown() } };
    expect(normalized(inputs)).toEqual(inputs);
  });
});

describe("a live object", () => {
  it("is cut to what the inputs speak of, lists by position", () => {
    const live = { a: 1, b: { c: 2, d: 3 }, list: [{ x: 1, y: 2 }, { x: 3 }], extra: true };
    expect(pruned(live, { a: 9, b: { c: 9 }, list: [{ x: 9 }] })).toEqual({ a: 1, b: { c: 2 }, list: [{ x: 1 }] });
  });

  it("keeps a value whose type differs from the inputs'", () => {
    expect(pruned({ a: { b: 1 } }, { a: "text" })).toEqual({ a: { b: 1 } });
  });

  it("is taken to have the zero values that it was given and dropped", () => {
    const live = { spec: { mounts: [{ path: "/x" }] } };
    const inputs = { spec: { mounts: [{ path: "/x", subPath: "" }], paused: false, port: 80 } };
    expect(withZeroValues(live, inputs)).toEqual({ spec: { mounts: [{ path: "/x", subPath: "" }], paused: false } });
  });
});
