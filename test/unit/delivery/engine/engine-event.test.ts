import { describe, expect, it } from "vitest";
import { readEvent, type EventKind } from "../../../../delivery/engine/engine-event";

const ALL: ReadonlySet<EventKind> = new Set([
  ...(["prelude", "resourcePre", "resOutputs", "diagnostic", "policy", "summary"] as const),
]);
const URN = "urn:pulumi:dev::factory::kubernetes:core/v1:Secret::shop";

/** A line as the engine writes it. */
const line = (event: object) => JSON.stringify({ sequence: 7, timestamp: 1_763_766_000, ...event });
const read = (event: object, wanted = ALL) => readEvent(line(event), wanted);

const revealed = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: '"hunter2"',
};

describe("An event of the engine", () => {
  it("is a step, with its states but without Pulumi's secrets", () => {
    const metadata = { op: "update", urn: URN, old: null, new: { inputs: { data: revealed, kind: "Secret" } } };
    expect(read({ resourcePreEvent: { metadata } })).toEqual({
      kind: "resourcePre",
      step: {
        op: "update",
        urn: URN,
        before: null,
        after: { inputs: { data: "[secret]", kind: "Secret" } },
        detailedDiff: undefined,
        diffs: [],
      },
    });
  });

  it.each(["same", "read", "refresh"])("is no more than a name where the step changes nothing: %s", (op) => {
    const metadata = { op, urn: URN, new: { inputs: {} } };
    expect(read({ resourcePreEvent: { metadata } })).toEqual({ kind: "resourcePre", step: { op, urn: URN } });
  });

  it("has the name as it is, also where JSON writes a part of it otherwise", () => {
    const urn = `${URN} "of <acme>"`;
    const text = line({ resourcePreEvent: { metadata: { op: "same", urn } } }).replace("<", "\\u003c");
    expect(readEvent(text, ALL)).toMatchObject({ step: { urn } });
  });

  it("is what is said, without marks of colours and without the severity before it", () => {
    const message = "<{%fg 1%}>error: <{%reset%}>no such field\n";
    expect(read({ diagnosticEvent: { message, severity: "error" } })).toEqual({
      kind: "diagnostic",
      said: { severity: "error", message: "no such field", urn: "" },
    });
    const policy = { policyName: "a", policyPackName: "b", enforcementLevel: "remediate", message };
    expect(read({ policyEvent: policy })).toMatchObject({ kind: "policy", finding: { level: "advisory", urn: "" } });
  });

  it("is the end, with what the engine has counted", () => {
    const none = { kind: "summary", isPreview: true, changes: {} };
    expect(read({ summaryEvent: { isPreview: true, resourceChanges: null } })).toEqual(none);
    const counted = { isPreview: false, resourceChanges: { same: 3, odd: "many" } };
    expect(read({ summaryEvent: counted })).toEqual({ kind: "summary", isPreview: false, changes: { same: 3 } });
  });

  it.each([
    ["progress", { diagnosticEvent: { message: "waiting", severity: "info", ephemeral: true } }],
    ["of a kind that is not known", { brandNewEvent: { metadata: {} } }],
    ["without a content", {}],
  ])("is of no interest when it is %s", (_, event) => {
    expect(read(event)).toEqual({ kind: "other" });
  });

  it("is not even parsed when nobody wants its kind", () => {
    const cutOff = line({ resOutputsEvent: { metadata: { op: "create", urn: URN } } }).slice(0, -20);
    expect(readEvent(cutOff, new Set(["summary"]))).toEqual({ kind: "other" });
    expect(readEvent(cutOff, ALL)).toBeUndefined();
  });

  it.each([
    ["half a line", line({ summaryEvent: {} }).slice(0, -1)],
    ["another text", "error: no stack"],
    ["another object", '{"summaryEvent":{}}'],
    ["nothing", ""],
  ])("is not %s", (_, text) => {
    expect(readEvent(text, ALL)).toBeUndefined();
  });

  it("may have anything where a text or an object should be", () => {
    for (const odd of [7, null, "text", [], { metadata: 7 }, { message: {}, metadata: { op: 7, urn: [] } }]) {
      for (const kind of ALL) expect(read({ [`${kind}Event`]: odd })).toHaveProperty("kind");
    }
  });
});
