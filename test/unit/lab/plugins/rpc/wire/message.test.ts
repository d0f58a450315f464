import { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import * as official from "@pulumi/pulumi/proto/provider_pb";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeProperties, type PropertyMap } from "../../../../../../lab/plugins/rpc";
import { logMethod, providerMethods } from "../../../../../../lab/plugins/rpc/protocol";
import { message, properties, text, whole } from "../../../../../../lab/plugins/rpc/wire/message";
import { fromStruct, toStruct } from "../structs";

const { check, diff, update, delete: remove } = providerMethods;

describe("a message", () => {
  it("with bytes and properties is read as Pulumi's own classes write it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.uint8Array(), fc.string(), (urn, seed, value) => {
        const sent = new official.CheckRequest().setUrn(urn).setRandomseed(seed).setNews(toStruct({ value }));
        sent.setType("passed over").setAutonaming(new official.CheckRequest.AutonamingOptions().setProposedName("x"));
        const read = check.requestDeserialize(Buffer.from(sent.serializeBinary()));
        expect({ ...read, randomSeed: [...read.randomSeed] }).toEqual({
          urn,
          oldInputs: {},
          newInputs: { value },
          randomSeed: [...seed],
        });
      }),
    );
  });

  it("with numbers, flags and lists is read as Pulumi's own classes write it", () => {
    const sent = new official.UpdateRequest().setId("i").setTimeout(1.5).setPreview(true);
    sent.setIgnorechangesList(["a", "", "b"]);
    expect(update.requestDeserialize(Buffer.from(sent.serializeBinary()))).toMatchObject({
      id: "i",
      urn: "",
      timeoutSeconds: 1.5,
      preview: true,
      ignoreChanges: ["a", "", "b"],
    });
  });

  it("has no timeout where the protocol's 0 says that none is set", () => {
    expect(remove.requestDeserialize(Buffer.alloc(0)).timeoutSeconds).toBeUndefined();
  });

  it("with a map of messages is written so that Pulumi's own classes read it, and read back", () => {
    const response = {
      replaces: ["a", ""],
      deleteBeforeReplace: true,
      changes: 2,
      detailedDiff: new Map([
        ["", { kind: 0, inputDiff: false }],
        ["a.b", { kind: 5, inputDiff: true }],
      ]),
      hasDetailedDiff: true,
    };
    const encoded = diff.responseSerialize(response);
    expect(official.DiffResponse.deserializeBinary(encoded).toObject()).toEqual({
      replacesList: ["a", ""],
      stablesList: [],
      deletebeforereplace: true,
      changes: 2,
      diffsList: [],
      detaileddiffMap: [
        ["", { kind: 0, inputdiff: false }],
        ["a.b", { kind: 5, inputdiff: true }],
      ],
      hasdetaileddiff: true,
    });
    expect(diff.responseDeserialize(encoded)).toEqual({ ...response, stables: [], diffs: [] });
  });

  it("is written so that Pulumi's own classes read it, whatever its length", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 3000 }),
        fc.nat(3),
        fc.boolean(),
        (line, severity, ephemeral) => {
          const encoded = logMethod.requestSerialize({ severity, message: line, urn: "u", ephemeral });
          const read = LogRequest.deserializeBinary(encoded).toObject();
          expect(read).toEqual({ severity, message: line, urn: "u", streamid: 0, ephemeral });
        },
      ),
    );
  });

  it("carries whole numbers as far as JavaScript counts exactly", () => {
    const counter = message({ count: whole(1) });
    fc.assert(
      fc.property(fc.maxSafeNat(), (count) => {
        expect(counter.decode(counter.encode({ count })).count).toBe(count);
      }),
    );
  });

  it("tells properties that are empty from properties that are absent", () => {
    const read = (sent: { inputs?: PropertyMap }) =>
      official.CheckResponse.deserializeBinary(check.responseSerialize(sent));
    expect(read({ inputs: {} }).hasInputs()).toBe(true);
    expect(fromStruct(read({ inputs: {} }).getInputs())).toEqual({});
    expect(read({}).hasInputs()).toBe(false);
  });

  it("that comes in parts is merged: the last scalar counts, and maps are united", () => {
    const kind = message({ name: text(1), inputs: properties(2) });
    const parts = [kind.encode({ name: "a", inputs: { x: 1, y: 1 } }), kind.encode({ name: "b", inputs: { y: 2 } })];
    expect(kind.decode(Buffer.concat(parts))).toEqual({ name: "b", inputs: { x: 1, y: 2 } });
  });

  it("decodes a field when it is first looked at, and only then", () => {
    const kind = message({ name: text(1), inputs: properties(2) });
    const broken = Buffer.concat([kind.encode({ name: "a" }), Buffer.from([0x12, 2, 0x0a, 9])]);
    const read = kind.decode(broken);
    expect(read.name).toBe("a");
    expect(() => read.inputs).toThrow("ends too early");
    expect(() => read.inputs).toThrow("ends too early");
    const good = kind.decode(kind.encode({ inputs: { x: {} } }));
    expect(good.inputs).toBe(good.inputs);
  });

  it("that is cut off is refused", () => {
    const encoded = check.requestSerialize({ urn: "u", newInputs: { a: "b" } });
    expect(() => check.requestDeserialize(encoded.subarray(0, -1))).toThrow("ends too early");
  });
});

describe("properties beyond the first buffer", () => {
  it("are written whole", () => {
    const large = { list: Array.from({ length: 5000 }, (_, index) => `item ${index} `.repeat(index % 20)) };
    expect(fromStruct(toStruct(large))).toEqual(large);
    expect(encodeProperties(large).length).toBeGreaterThan(300_000);
  });
});
