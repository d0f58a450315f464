import fc from "fast-check";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { describe, expect, it } from "vitest";
import {
  Archive,
  Asset,
  decodeProperties,
  encodeProperties,
  isPropertyMap,
  type PropertyMap,
  type PropertyValue,
  ResourceReference,
  Secret,
  Unknown,
} from "../../../../../../lab/plugins/rpc";
import { toStruct } from "../structs";

const signature = "4dabf18193072939515e22adb298388d";

/** What is read of a value that the engine sends. */
function received(value: unknown): PropertyValue {
  const sent = Struct.fromJavaScript({ value: value as JavaScriptValue }).serializeBinary();
  return decodeProperties(Buffer.from(sent))["value"] ?? null;
}

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
    expect(toStruct({ value }).toJavaScript()).toEqual({ value: wire });
    expect(alike(received(wire), value)).toBe(true);
  });

  it.each([
    ["a known output", { value: 1 }, 1],
    ["a secret output", { value: 1, secret: true, dependencies: ["urn:x"] }, new Secret(1)],
    ["an unknown output", {}, new Unknown()],
    ["an unknown secret output", { secret: true }, new Secret(new Unknown())],
    ["an output that is null", { value: null }, null],
  ])("of %s is read as what it holds", (_, fields, value) => {
    const wire = { [signature]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...fields };
    expect(alike(received(wire), value)).toBe(true);
  });

  it("with a signature of the future is refused", () => {
    expect(() => received({ [signature]: "cafe" })).toThrow("unknown signature cafe");
  });

  it("of a secret without a value is refused", () => {
    expect(() => received({ [signature]: "1b47061264138c4ac30d75fd1eb44270" })).toThrow("without a value");
  });

  it("leaves out what is undefined, and keeps null", () => {
    const properties = { a: undefined, b: null } as unknown as PropertyMap;
    expect(toStruct(properties).toJavaScript()).toEqual({ b: null });
  });

  it("may name a property as the prototype is named", () => {
    const properties = JSON.parse('{"__proto__": {"x": 1}}') as PropertyMap;
    const read = decodeProperties(encodeProperties(properties));
    expect(Object.entries(read)).toEqual([["__proto__", { x: 1 }]]);
    expect("x" in read).toBe(false);
  });

  it("is read as google-protobuf writes it", () => {
    fc.assert(
      fc.property(plainObject, (object) => {
        const encoded = Buffer.from(Struct.fromJavaScript(object).serializeBinary());
        expect(decodeProperties(encoded)).toStrictEqual(object);
      }),
    );
  });

  it("is written so that google-protobuf reads it", () => {
    fc.assert(
      fc.property(plainObject, (object) => {
        expect(Struct.deserializeBinary(encodeProperties(object)).toJavaScript()).toStrictEqual(object);
      }),
    );
  });

  it("is, byte for byte, what google-protobuf writes of maps with one key", () => {
    const value = {
      list: [null, true, false, 0, -1.5, 1e300, "", "é", "x".repeat(300), [], {}, { "": { deep: [[]] } }],
    };
    expect(encodeProperties(value)).toEqual(Buffer.from(Struct.fromJavaScript(value).serializeBinary()));
  });

  it("brings every value back as it was", () => {
    const value = fc.letrec<{ value: PropertyValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        plainValue,
        fc.constantFrom("string", "number", "array").map((kind) => new Unknown(kind as "string")),
        tie("value").map((inner) => new Secret(inner)),
        fc.array(tie("value"), { maxLength: 4 }),
        objectOf(tie("value")),
      ),
    })).value;
    fc.assert(
      fc.property(value, (given) => {
        expect(alike(decodeProperties(encodeProperties({ given }))["given"] ?? null, given)).toBe(true);
      }),
    );
  });

  it("may hold fields that this version does not know", () => {
    const unknown = Buffer.from([
      0x98, 0x06, 0x01, 0xa1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8, 0xaa, 0x06, 2, 9, 9, 0xb5, 0x06, 1, 2, 3, 4,
    ]);
    const value = Buffer.concat([unknown, Buffer.from([0x1a, 1, 0x76]), unknown]);
    const entry = Buffer.concat([unknown, Buffer.from([0x0a, 1, 0x6b, 0x12, value.length]), value]);
    const struct = Buffer.concat([Buffer.from([0x0a, entry.length]), entry, unknown]);
    expect(decodeProperties(struct)).toEqual({ k: "v" });
  });

  it("that is cut off at any place is refused or a shorter one, and never read beyond its end", () => {
    const whole = encodeProperties({ a: [1, "two", { three: null }], b: "x".repeat(200) });
    const surrounded = Buffer.concat([whole, encodeProperties({ stranger: true })]);
    for (let end = 0; end < whole.length; end++) {
      let read: PropertyMap = {};
      try {
        read = decodeProperties(surrounded.subarray(0, end));
      } catch (error) {
        expect((error as Error).message).toMatch(/over the wire/);
      }
      expect(Object.keys(read).every((key) => key === "a")).toBe(true);
    }
  });

  it("of a value without a kind is refused", () => {
    expect(() => decodeProperties(Buffer.from([0x0a, 5, 0x0a, 1, 0x6b, 0x12, 0]))).toThrow("unknown kind");
  });
});

/** JSON values of all sizes: numbers with no more than what a double holds, texts in and out of ASCII. */
const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  fc.maxSafeInteger(),
  fc.string({ unit: "grapheme" }),
  fc.string({ minLength: 40, maxLength: 200 }),
);

function objectOf<T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  const key = fc.string({ unit: "grapheme" }).filter((text) => text !== signature && text !== "__proto__");
  return fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true });
}

const plainValue = fc.letrec<{ value: JavaScriptValue }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie("value"), { maxLength: 4 }), objectOf(tie("value"))),
})).value as fc.Arbitrary<PropertyValue & JavaScriptValue>;
const plainObject = objectOf(plainValue);

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
