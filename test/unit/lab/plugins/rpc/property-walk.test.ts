import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  copySecrecy,
  hasSecret,
  hasUnknown,
  isSecretAt,
  mapChildren,
  type PropertyMap,
  type PropertyValue,
  sameValue,
  Secret,
  Unknown,
  unwrapSecret,
  unwrapSecrets,
  valueAt,
} from "../../../../../lab/plugins/rpc";

const value: PropertyMap = {
  plain: 1,
  data: { password: new Secret("hunter2"), user: "ann" },
  list: ["a", new Secret({ inner: new Unknown() })],
};

describe("a secret", () => {
  it("shows its value to nobody who only prints it", () => {
    const secret = new Secret("hunter2");
    const shown = [inspect(secret, { showHidden: true, depth: 9 }), JSON.stringify({ secret }), String(secret)];
    expect(shown.join()).not.toContain("hunter2");
    expect(secret.value).toBe("hunter2");
  });
});

describe("the walk through a value", () => {
  it("unwraps the outermost secret, or all of them", () => {
    expect(unwrapSecret(new Secret(new Secret(3)))).toBe(3);
    expect(unwrapSecrets(value)).toEqual({
      plain: 1,
      data: { password: "hunter2", user: "ann" },
      list: ["a", { inner: new Unknown() }],
    });
  });

  it("finds secrets and unknowns at any depth, and none where there is none", () => {
    expect(hasSecret(value)).toBe(true);
    expect(hasUnknown(value)).toBe(true);
    expect(hasSecret(unwrapSecrets(value))).toBe(false);
    expect(hasUnknown({ a: [1, null, { b: "x" }] })).toBe(false);
  });

  it("looks through secrets on its way to a place, and knows that what is in them is secret", () => {
    expect(valueAt(value, ["list", 1, "inner"])).toBeInstanceOf(Unknown);
    expect(isSecretAt(value, ["list", 1, "inner"])).toBe(true);
    expect(isSecretAt(value, ["data", "password"])).toBe(true);
    expect(isSecretAt(value, ["data"])).toBe(false);
    expect(isSecretAt(value, ["data", "user"])).toBe(false);
    expect(valueAt(value, ["data", "absent", "deeper"])).toBeUndefined();
    expect(valueAt(value, ["data", "constructor"])).toBeUndefined();
  });

  it("makes secret in a copy what is secret in the source, and leaves the rest", () => {
    const outputs = copySecrecy<PropertyMap>(value, {
      plain: 1,
      data: { password: "hunter2", user: "ann", added: true },
      list: ["a", { inner: "known" }, "more"],
      constructor: "own",
    });
    expect(isSecretAt(outputs, ["data", "password"])).toBe(true);
    expect(isSecretAt(outputs, ["list", 1])).toBe(true);
    expect(hasSecret({ ...outputs, data: { user: "ann" }, list: [] })).toBe(false);
    expect(unwrapSecrets(outputs)["list"]).toEqual(["a", { inner: "known" }, "more"]);
  });

  it("gives the same value back where nothing changes, and keeps the rest where something does", () => {
    const clear: PropertyMap = { a: { b: [1, { c: null }] }, d: "x" };
    expect(unwrapSecrets(clear)).toBe(clear);
    const changed = unwrapSecrets<PropertyMap>({ ...clear, d: new Secret("x") });
    expect(changed).toEqual(clear);
    expect(changed["a"]).toBe(clear["a"]);
  });

  it("leaves out of an object what becomes undefined, and in a list makes it null", () => {
    const dropNumbers = (child: PropertyValue): PropertyValue | undefined =>
      typeof child === "number" ? undefined : mapChildren(child, dropNumbers);
    const given: PropertyMap = { a: 1, b: [1, "x"], c: { d: 1, e: new Secret(1) } };
    const left = mapChildren(given, dropNumbers) as PropertyMap;
    expect(Object.keys(left)).toEqual(["b", "c"]);
    expect(left["b"]).toEqual([null, "x"]);
    expect(Object.keys(left["c"] as PropertyMap)).toEqual(["e"]);
    expect(unwrapSecret((left["c"] as PropertyMap)["e"] ?? 0)).toBeNull();
    expect(given).toMatchObject({ a: 1, b: [1, "x"], c: { d: 1 } });
  });

  it("does not wrap a secret twice", () => {
    const wrapped = copySecrecy<PropertyMap>({ a: new Secret(1) }, { a: new Secret(2) });
    expect((wrapped["a"] as Secret).value).toBe(2);
  });

  it.each([
    [{ a: [1, { b: null }] }, { a: [1, { b: null }] }, true],
    [{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
    [new Secret("x"), "x", true],
    [new Unknown(), new Unknown(), false],
    [{ a: 1 }, { a: 1, b: null }, false],
    [[1, 2], [2, 1], false],
    [undefined, null, false],
    ["1", 1, false],
  ])("compares %s and %s", (left, right, same) => {
    expect(sameValue(left, right)).toBe(same);
  });
});
