import { describe, expect, it } from "vitest";
import { readTold } from "../../../../delivery/plan/told";
import { showable } from "../../../../delivery/review/shown";

const read = (line: string) => readTold(line, showable([]));

const urn = "urn:pulumi:dev::gitops-factory::factory:project:Project$kubernetes:core/v1:Secret::shop-repository";

/** An error of the engine as its event stream has it. */
const told = (message: string, fields: object = {}) =>
  read(
    JSON.stringify({ sequence: 1, diagnosticEvent: { urn, prefix: "error: ", message, severity: "error", ...fields } }),
  );

describe("What the engine says of a step that is not planned", () => {
  it.each([
    ["a value", "{map[password:{aHVudGVyMg==}]}"],
    ["a value of several lines", "{map[key:{-----BEGIN KEY-----\nhunter2\n, =~type[{hunter2}]\n}]}"],
  ])("is told without %s, which may be a secret", (_, value) => {
    const event = told(`resource ${urn} violates plan: properties changed: =~data[${value}!=${value}], +-kind\n`);
    expect(event).toEqual({ kind: "violation", resource: urn, text: "its data would differ from the plan" });
  });

  it.each([
    [`resource ${urn} violates plan: resource unexpectedly not deleted`, "resource unexpectedly not deleted"],
    ["resource violates plan: properties changed: ~~spec[{1}]", "its spec would differ from the plan"],
    [`resource ${urn} violates plan: properties changed: ??{hunter2}`, "properties would differ from the plan"],
    [
      "replace is not allowed by the plan: this resource is constrained to update",
      "replace is not allowed by the plan: this resource is constrained to update",
    ],
    [`no plan for resource ${urn}`, "the plan does not know it"],
  ])("is known by its words: %s", (message, text) => {
    expect(told(message)).toEqual({ kind: "violation", resource: urn, text });
  });

  it("is nothing else that it says", () => {
    expect(told("the object is invalid")).toMatchObject({ kind: "said", severity: "error" });
  });
});

describe("A line of the event stream", () => {
  it.each([
    ["no JSON", "error: no stack"],
    [
      "a step of the preview",
      JSON.stringify({ sequence: 1, resOutputsEvent: { metadata: { op: "create", urn }, planning: true } }),
    ],
    [
      "a step that changes nothing",
      JSON.stringify({ sequence: 1, resOutputsEvent: { metadata: { op: "same", urn } } }),
    ],
    [
      "progress",
      JSON.stringify({ sequence: 1, diagnosticEvent: { message: "waiting", severity: "info", ephemeral: true } }),
    ],
  ])("is of no interest when it is %s", (_, line) => {
    expect(read(line)).toBeUndefined();
  });

  it("tells a step by what a reader knows, and hides the tokens of a message", () => {
    expect(read(JSON.stringify({ sequence: 1, resOutputsEvent: { metadata: { op: "create", urn } } }))).toEqual({
      kind: "step",
      op: "create",
      type: "kubernetes:core/v1:Secret",
      name: "shop-repository",
    });
    expect(told("401 for glpat-AAAABBBBCCCCDDDD1234 at https://bot:hunter2@git.example")).toMatchObject({
      text: "401 for [secret] at https://git.example",
    });
  });
});
