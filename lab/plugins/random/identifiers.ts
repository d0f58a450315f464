import { randomBytes as bytesOf, randomUUID } from "node:crypto";
import { type Generated, integerOf, type Kind, keepers, type Plan, stringOf } from "./kind";

/** RandomId: bytes in several spellings, each after the prefix. */
export const randomId: Kind = {
  attributes: { keepers, byteLength: { type: "integer", required: true }, prefix: { type: "string" } },
  computed: ["b64Url", "b64Std", "hex", "dec", "id"],
  secrets: [],
  generate: (plan) => identifier(plan, bytesOf(integerOf(plan, "byteLength"))),
  adopt: (id) => {
    // A prefix stands before the last comma.
    const comma = id.lastIndexOf(",");
    const bytes = decode(id.slice(comma + 1), "base64url", "Import Random ID Error");
    const prefix = id.slice(0, Math.max(comma, 0));
    return identifier({ byteLength: bytes.length, ...(prefix === "" ? {} : { prefix }) }, bytes);
  },
};

function identifier(plan: Plan, bytes: Buffer): Generated {
  const prefix = stringOf(plan, "prefix");
  const id = bytes.toString("base64url");
  const hex = bytes.toString("hex");
  const spellings = {
    b64Url: prefix + id,
    b64Std: prefix + bytes.toString("base64"),
    hex: prefix + hex,
    dec: prefix + BigInt(`0x${hex === "" ? "0" : hex}`).toString(),
  };
  return { id, outputs: { ...plan, ...spellings, id } };
}

/** RandomBytes: secret bytes. The id is the secret itself, as in the official plugin, though ids are not encrypted. */
export const randomBytes: Kind = {
  attributes: { keepers, length: { type: "integer", required: true, atLeast: 1 } },
  computed: ["base64", "hex"],
  secrets: ["base64", "hex"],
  generate: (plan) => secretBytes(plan, bytesOf(integerOf(plan, "length"))),
  adopt: (id) => {
    const bytes = decode(id, "base64", "Import Random bytes Error");
    return secretBytes({ length: bytes.length }, bytes);
  },
};

function secretBytes(plan: Plan, bytes: Buffer): Generated {
  const base64 = bytes.toString("base64");
  return { id: base64, outputs: { ...plan, base64, hex: bytes.toString("hex") } };
}

/** RandomUuid and RandomUuid4: 122 random bits. */
export const randomUuid: Kind = uuidKind(() => randomUUID());

/** RandomUuid7: the time in milliseconds first, then 74 random bits (RFC 9562, section 5.7). */
export const randomUuid7: Kind = uuidKind(() => {
  const bytes = bytesOf(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
});

function uuidKind(create: () => string): Kind {
  const outputs = (plan: Plan, uuid: string): Generated => ({ id: uuid, outputs: { ...plan, id: uuid, result: uuid } });
  return {
    attributes: { keepers },
    computed: ["result", "id"],
    secrets: [],
    generate: (plan) => outputs(plan, create()),
    adopt: (id) => {
      if (!/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id)) {
        throw new Error(`Import Random UUID Error: ${JSON.stringify(id)} is not a UUID`);
      }
      return outputs({}, id.toLowerCase());
    },
  };
}

/** Node passes over what is not base64; an import id with such characters is a mistake. */
function decode(text: string, encoding: "base64" | "base64url", problem: string): Buffer {
  const bytes = Buffer.from(text, encoding);
  if (bytes.toString(encoding) !== text) throw new Error(`${problem}: ${JSON.stringify(text)} is not ${encoding}`);
  return bytes;
}
