import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import {
  Archive,
  Asset,
  type PropertyMap,
  type PropertyValue,
  ResourceReference,
  Secret,
  Unknown,
  type UnknownKind,
  isPropertyMap,
} from "./property";

/**
 * The key whose value says that a struct stands for something else than an object, and the values it can have.
 * Source: sdk/go/common/resource/sig in pulumi/pulumi.
 */
const signatureKey = "4dabf18193072939515e22adb298388d";
const signatures = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
} as const;

/** The strings that stand for an unknown value, by what it will be. Source: sdk/go/common/resource/plugin/rpc.go. */
const unknownSentinels: Record<UnknownKind, string> = {
  boolean: "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  number: "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  string: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  array: "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  asset: "030794c1-ac77-496b-92df-f27374a8bd58",
  archive: "e48ece36-62e2-4504-bad9-02848725956a",
  object: "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
};
const unknownKinds = new Map(
  Object.entries(unknownSentinels).map(([kind, sentinel]) => [sentinel, kind as UnknownKind]),
);

type Wire = Record<string, JavaScriptValue>;

/** Properties as the engine sends them, made into ours. An absent struct has no properties. */
export function fromStruct(struct: Struct | undefined): PropertyMap {
  return struct === undefined ? {} : objectFromWire(struct.toJavaScript());
}

/** Our properties, made into what the engine reads. Keys whose value is `undefined` at run time are left out. */
export function toStruct(properties: PropertyMap): Struct {
  return Struct.fromJavaScript(objectToWire(properties));
}

/** One value of the wire form, made into ours. Throws on a signature that this version does not know. */
export function fromWire(wire: JavaScriptValue): PropertyValue {
  if (typeof wire === "string") {
    const kind = unknownKinds.get(wire);
    return kind === undefined ? wire : new Unknown(kind);
  }
  if (wire === null || typeof wire !== "object") return wire;
  if (Array.isArray(wire)) return wire.map((item) => fromWire(item as JavaScriptValue));
  const fields = wire as Wire;
  const signature = fields[signatureKey];
  return signature === undefined ? objectFromWire(fields) : specialFromWire(String(signature), fields);
}

/** One of our values, made into the wire form. */
export function toWire(value: PropertyValue): JavaScriptValue {
  if (value instanceof Secret) return signed("secret", { value: toWire(value.value) });
  if (value instanceof Unknown) return unknownSentinels[value.kind];
  if (value instanceof Asset) return signed("asset", { ...value.fields });
  if (value instanceof Archive) return archiveToWire(value);
  if (value instanceof ResourceReference) {
    const { urn, id, packageVersion } = value;
    return signed("resource", {
      urn,
      ...(id === undefined ? {} : { id: id === "" ? unknownSentinels.string : id }),
      ...(packageVersion === undefined ? {} : { packageVersion }),
    });
  }
  if (Array.isArray(value)) return value.map(toWire);
  return isPropertyMap(value) ? objectToWire(value) : value;
}

function objectFromWire(fields: Wire): PropertyMap {
  return Object.fromEntries(Object.entries(fields).map(([key, item]) => [key, fromWire(item)]));
}

function objectToWire(properties: PropertyMap): Wire {
  const known = Object.entries(properties).filter(([, value]) => (value as unknown) !== undefined);
  return Object.fromEntries(known.map(([key, value]) => [key, toWire(value)]));
}

function signed(kind: keyof typeof signatures, fields: Wire): Wire {
  return { [signatureKey]: signatures[kind], ...fields };
}

function specialFromWire(signature: string, fields: Wire): PropertyValue {
  switch (signature) {
    case signatures.secret:
      if (!("value" in fields)) throw new Error("a secret without a value came over the wire");
      return new Secret(fromWire(fields["value"] ?? null));
    case signatures.asset:
      return new Asset(withoutSignature(fields));
    case signatures.archive:
      return archiveFromWire(fields);
    case signatures.resource:
      return referenceFromWire(fields);
    case signatures.output:
      return outputFromWire(fields);
    default:
      throw new Error(`a value with the unknown signature ${signature} came over the wire`);
  }
}

/** An output value is what it holds: unknown without a value, and secret when it says so. */
function outputFromWire(fields: Wire): PropertyValue {
  const value = "value" in fields ? fromWire(fields["value"] ?? null) : new Unknown();
  return fields["secret"] === true ? new Secret(value) : value;
}

function referenceFromWire(fields: Wire): ResourceReference {
  const id = "id" in fields ? fromWire(fields["id"] ?? null) : undefined;
  const version = fields["packageVersion"];
  return new ResourceReference(
    String(fields["urn"]),
    id instanceof Unknown ? "" : id === undefined || id === null ? undefined : String(id),
    typeof version === "string" ? version : undefined,
  );
}

function archiveFromWire(fields: Wire): Archive {
  const { assets, ...rest } = withoutSignature(fields) as Archive["fields"] & { assets?: Wire };
  if (assets === undefined) return new Archive(rest);
  const members = Object.entries(assets).map(([name, asset]) => [name, fromWire(asset)]);
  return new Archive({ ...rest, assets: Object.fromEntries(members) });
}

function archiveToWire({ fields: { assets, ...rest } }: Archive): Wire {
  if (assets === undefined) return signed("archive", rest);
  const members = Object.entries(assets).map(([name, asset]) => [name, toWire(asset)]);
  return signed("archive", { ...rest, assets: Object.fromEntries(members) });
}

function withoutSignature(fields: Wire): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== signatureKey)) as Record<string, string>;
}
