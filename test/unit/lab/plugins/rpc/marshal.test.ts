import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { describe, expect, it } from "vitest";
import {
  Archive,
  Asset,
  fromStruct,
  fromWire,
  isPropertyMap,
  type PropertyMap,
  type PropertyValue,
  ResourceReference,
  Secret,
  toStruct,
  toWire,
  Unknown,
} from "../../../../../lab/plugins/rpc";

const signature = "4dabf18193072939515e22adb298388d";

describe("the wire form", () => {
  it.each<[string, PropertyValue, unknown]>([
    ["a secret", new Secret("s"), { [signature]: "1b47061264138c4ac30d75fd1eb44270", value: "s" }],
    ["a secret null", new Secret(null), { [signature]: "1b47061264138c4ac30d75fd1eb44270", value: null }],
    ["an unknown", new Unknown(), "04da6b54-80e4-46f7-96ec-b56ff0331ba9"],
    ["an unknown object", new Unknown("object"), "dd056dcd-154b-4c76-9bd3-c8f88648b5ff"],
    ["an asset", new Asset({ text: "t" }), { [signature]: "c44067f5952c0a294b673a41bacd8c17", text: "t" }],
    [
      "an archive of assets",
      new Archive({ hash: "h", assets: { a: new Asset({ path: "p" }) } }),
      {
        [signature]: "0def7320c3a5731c473e5ecbe6d01bc7",
        hash: "h",
        assets: { a: { [signature]: "c44067f5952c0a294b673a41bacd8c17", path: "p" } },
      },
    ],
    [
      "a resource",
      new ResourceReference("urn:x", "id", "1.2.3"),
      { [signature]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x", id: "id", packageVersion: "1.2.3" },
    ],
    [
      "a resource whose id is unknown",
      new ResourceReference("urn:x", ""),
      {
        [signature]: "5cf8f73096256a8f31e491e813e4eb8e",
        urn: "urn:x",
        id: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
      },
    ],
    ["a component", new ResourceReference("urn:x"), { [signature]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "urn:x" }],
  ])("of %s is what the engine expects, and is read back", (_, value, wire) => {
    expect(toWire(value)).toEqual(wire);
    expect(alike(fromWire(wire as string), value)).toBe(true);
  });

  it.each([
    ["a known output", { value: 1 }, 1],
    ["a secret output", { value: 1, secret: true, dependencies: ["urn:x"] }, new Secret(1)],
    ["an unknown output", {}, new Unknown()],
    ["an unknown secret output", { secret: true }, new Secret(new Unknown())],
    ["an output that is null", { value: null }, null],
  ])("of %s is read as what it holds", (_, fields, value) => {
    const wire = { [signature]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...fields };
    expect(alike(fromWire(wire), value)).toBe(true);
  });

  it("with a signature of the future is refused", () => {
    expect(() => fromWire({ [signature]: "cafe" })).toThrow("unknown signature cafe");
  });

  it("of a secret without a value is refused", () => {
    expect(() => fromWire({ [signature]: "1b47061264138c4ac30d75fd1eb44270" })).toThrow("without a value");
  });

  it("leaves out what is undefined, and keeps null", () => {
    const properties = { a: undefined, b: null } as unknown as PropertyMap;
    expect(toStruct(properties).toJavaScript()).toEqual({ b: null });
  });

  it("of no struct is no property", () => {
    expect(fromStruct(undefined)).toEqual({});
  });

  it("brings every value back as it was", () => {
    const value = fc.letrec<{ value: PropertyValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constant(null),
        fc.boolean(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
        fc.string({ unit: "grapheme" }),
        fc.constantFrom("string", "number", "array").map((kind) => new Unknown(kind as "string")),
        tie("value").map((inner) => new Secret(inner)),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(
          fc.string().filter((key) => key !== signature && key !== "__proto__"),
          tie("value"),
          {
            maxKeys: 4,
            noNullPrototype: true,
          },
        ),
      ),
    })).value;
    fc.assert(
      fc.property(value, (given) => {
        const sent = toStruct({ given }).serializeBinary();
        return alike(fromStruct(Struct.deserializeBinary(sent))["given"] ?? null, given);
      }),
    );
  });
});

/** Equality that looks into secrets, which hide their value from the test runner's own. */
function alike(left: PropertyValue, right: PropertyValue): boolean {
  if (left instanceof Secret || right instanceof Secret) {
    return left instanceof Secret && right instanceof Secret && alike(left.value, right.value);
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => alike(item, right[index] ?? null));
  }
  if (isPropertyMap(left) && isPropertyMap(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && alike(left[key] ?? null, right[key] ?? null))
    );
  }
  try {
    expect(left).toStrictEqual(right);
    return true;
  } catch {
    return false;
  }
}
