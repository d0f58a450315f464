import {
  Archive,
  Asset,
  type PropertyMap,
  type PropertyValue,
  ResourceReference,
  Secret,
  Unknown,
  type UnknownKind,
} from "../property";

/**
 * The key whose value says that a struct stands for something else than an object, and the values it can have.
 * Source: sdk/go/common/resource/sig in pulumi/pulumi.
 */
export const signatureKey = "4dabf18193072939515e22adb298388d";
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
const sentinelLength = unknownSentinels.string.length;

/** A string of the wire form: itself, or the unknown that it stands for. */
export function fromWireText(text: string): string | Unknown {
  const kind = text.length === sentinelLength ? unknownKinds.get(text) : undefined;
  return kind === undefined ? text : new Unknown(kind);
}

/** The string that stands for an unknown. */
export function sentinelOf({ kind }: Unknown): string {
  return unknownSentinels[kind];
}

/** What a struct with a signature stands for. Throws an Error on a signature that this version does not know. */
export function fromSignedFields({ [signatureKey]: signature, ...fields }: PropertyMap): PropertyValue {
  if (signature === signatures.secret) return secretOf(fields);
  if (signature === signatures.asset) return new Asset(fields as Asset["fields"]);
  if (signature === signatures.archive) return new Archive(fields as Archive["fields"]);
  if (signature === signatures.resource) return referenceOf(fields);
  if (signature === signatures.output) return outputOf(fields);
  throw new Error(`a value with the unknown signature ${String(signature)} came over the wire`);
}

/** The fields of the struct that stands for a value: with a signature, unless it is a plain object. */
export function signedFields(value: PropertyMap | Secret | Asset | Archive | ResourceReference): PropertyMap {
  if (value instanceof Secret) return { [signatureKey]: signatures.secret, value: value.value };
  if (value instanceof Asset) return { [signatureKey]: signatures.asset, ...value.fields };
  if (value instanceof Archive) return { [signatureKey]: signatures.archive, ...value.fields };
  if (!(value instanceof ResourceReference)) return value;
  const { urn, id, packageVersion } = value;
  return {
    [signatureKey]: signatures.resource,
    urn,
    ...(id === undefined ? {} : { id: id === "" ? new Unknown() : id }),
    ...(packageVersion === undefined ? {} : { packageVersion }),
  };
}

function secretOf({ value }: PropertyMap): Secret {
  if (value === undefined) throw new Error("a secret without a value came over the wire");
  return new Secret(value);
}

/** An output value is what it holds: unknown without a value, and secret when it says so. */
function outputOf({ value = new Unknown(), secret }: PropertyMap): PropertyValue {
  return secret === true ? new Secret(value) : value;
}

function referenceOf({ urn, id = null, packageVersion }: PropertyMap): ResourceReference {
  return new ResourceReference(
    String(urn),
    id instanceof Unknown ? "" : id === null ? undefined : String(id),
    typeof packageVersion === "string" ? packageVersion : undefined,
  );
}
