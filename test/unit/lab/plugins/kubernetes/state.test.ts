import { describe, expect, it } from "vitest";
import { fromOutputs, toObject, toOutputs } from "../../../../../lab/plugins/kubernetes/state/checkpoint";
import { markSecrets, redacted } from "../../../../../lab/plugins/kubernetes/state/secrecy";
import { Secret, hasSecret, isSecretAt } from "../../../../../lab/plugins/rpc";

const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

describe("the state of a resource", () => {
  const checkpoint = {
    inputs: { apiVersion: "v1", kind: "Secret", data: { a: "QQ==" } },
    live: { apiVersion: "v1", kind: "Secret", data: { a: "QQ==" }, metadata: { name: "s", uid: "1" } },
    initialApiVersion: "v1",
    fieldManager: "pulumi-kubernetes-1",
  };

  it("is the live object with the provider's notes beside, and is read back the same", () => {
    const outputs = toOutputs(checkpoint, {});
    expect(Object.keys(outputs).sort()).toEqual(
      ["__fieldManager", "__initialApiVersion", "__inputs", "apiVersion", "data", "kind", "metadata"].sort(),
    );
    expect(fromOutputs(outputs)).toEqual(checkpoint);
  });

  it("keeps a Secret's data secret in the live object, the inputs and kubectl's copy of both", () => {
    const annotations = { [lastApplied]: '{"data":{"a":"QQ=="}}', plain: "x" };
    const live = { ...checkpoint.live, metadata: { name: "s", annotations } };
    const outputs = toOutputs({ ...checkpoint, live }, {});
    expect(isSecretAt(outputs, ["data"])).toBe(true);
    expect(isSecretAt(outputs, ["__inputs", "data"])).toBe(true);
    expect(isSecretAt(outputs, ["metadata", "annotations", lastApplied])).toBe(true);
    expect(isSecretAt(outputs, ["metadata", "annotations", "plain"])).toBe(false);
  });

  it("is read without secrets around values and without nulls in objects, but keeps nulls in lists", () => {
    const data = { a: new Secret("x"), b: null, c: new Secret(null), list: [null, { d: null }] };
    expect(toObject({ data })).toEqual({ data: { a: "x", list: [null, {}] } });
  });

  it("spells the dashed keys of CRD schemas as the SDKs do", () => {
    const object = { spec: { "x-kubernetes-preserve-unknown-fields": true, x_other: 1 } };
    const outputs = toOutputs({ ...checkpoint, live: object, inputs: {} }, {});
    expect(outputs["spec"]).toEqual({ x_kubernetes_preserve_unknown_fields: true, x_other: 1 });
    expect(toObject(outputs)["spec"]).toEqual(object.spec);
  });

  it("knows neither nulls nor secrets when it becomes an object", () => {
    expect(toObject({ a: null, b: new Secret({ c: new Secret("x"), d: null }), e: [null] })).toEqual({
      b: { c: "x" },
      e: [null],
    });
  });
});

describe("secrecy", () => {
  it("is copied from the inputs to the same places", () => {
    const marked = markSecrets({ a: { b: "x", c: "y" }, d: "z" }, { a: { b: new Secret("x") }, e: new Secret("w") });
    expect(isSecretAt(marked, ["a", "b"])).toBe(true);
    expect(isSecretAt(marked, ["a", "c"])).toBe(false);
    expect(hasSecret(marked["d"] ?? null)).toBe(false);
  });

  it("covers a whole list when one item is secret, since the server may reorder it", () => {
    const marked = markSecrets({ list: [{ v: "x" }, { v: "y" }] }, { list: [{ v: "x" }, { v: new Secret("y") }] });
    expect(marked["list"]).toBeInstanceOf(Secret);
  });

  it("strikes secrets out of messages, clear and in base64", () => {
    const inputs = { spec: { password: new Secret("hunter22") }, name: "shop" };
    const base64 = Buffer.from("hunter22").toString("base64");
    expect(redacted(`Invalid value: "hunter22" (${base64}) in shop`, inputs)).toBe(
      'Invalid value: "[secret]" ([secret]) in shop',
    );
  });
});
