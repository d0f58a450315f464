import { describe, expect, it } from "vitest";
import { stateDigest } from "../../../../delivery/plan/stack-state";

const shop = { urn: "urn:pulumi:dev::p::t::shop", id: "1", inputs: { replicas: 1, password: { ciphertext: "v1:a" } } };
const read = { urn: "urn:pulumi:dev::p::t::live", id: "2", inputs: { now: 1 }, external: true };
const digest = (...resources: object[]): string => stateDigest({ deployment: { resources: resources as never } });

describe("The digest of a state", () => {
  it.each([
    ["the time of a resource's outputs", { ...shop, outputs: { seen: 2 }, modified: "2026-01-02T00:00:00Z" }],
    ["the ciphertext of the same secret", { ...shop, inputs: { replicas: 1, password: { ciphertext: "v1:b" } } }],
  ])("stays with %s", (_, changed) => {
    expect(digest(changed)).toBe(digest(shop));
  });

  it("stays with the order, and with what the program only reads", () => {
    const other = { ...shop, urn: "urn:pulumi:dev::p::t::blog" };
    expect(digest(read, other, shop)).toBe(digest(shop, other));
  });

  it.each([
    ["an input", [{ ...shop, inputs: { replicas: 2 } }]],
    ["the id, as a replacement does", [{ ...shop, id: "2" }]],
    ["the protection", [{ ...shop, protect: true }]],
    ["a resource more", [shop, { ...shop, urn: "urn:pulumi:dev::p::t::blog" }]],
    ["a resource less", []],
  ])("changes with %s", (_, resources) => {
    expect(digest(...resources)).not.toBe(digest(shop));
  });

  it("changes with an operation that was cut off", () => {
    expect(stateDigest({ deployment: { resources: [shop], pending_operations: [{ type: "creating" }] } })).not.toBe(
      digest(shop),
    );
  });
});
