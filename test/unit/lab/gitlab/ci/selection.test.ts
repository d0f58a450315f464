import { describe, expect, it } from "vitest";
import { selectionOf, type RefKind } from "../../../../../lab/gitlab/ci/selection";

const push: RefKind = { ref: "main", tag: false, source: "push" };

/** Whether a job is let in, when all of its conditions come to these values. */
function when(job: object, kind: RefKind, results: readonly boolean[] = []): string | undefined {
  return selectionOf(job as Record<string, unknown>, kind).decide(results)?.when;
}

describe("rules", () => {
  const rules = [
    { if: "$A", when: "manual", allow_failure: true, variables: { B: 2 } },
    { if: "$C", when: "never" },
    { changes: ["src/*"] },
  ];

  it("ask for their conditions, and the first that holds decides", () => {
    const selection = selectionOf({ rules, when: "always" }, push);
    expect(selection.conditions).toEqual([{ if: "$A" }, { if: "$C" }, { changes: ["src/*"] }]);
    expect(selection.decide([true, true, true])).toMatchObject({
      when: "manual",
      allow_failure: true,
      variables: { B: "2" },
    });
    expect(selection.decide([false, true, true])).toBeUndefined();
    expect(selection.decide([false, false, true])).toMatchObject({ when: "always" });
    expect(selection.decide([false, false, false])).toBeUndefined();
  });
});

describe("without rules", () => {
  it("a job is for branches and tags, not for merge requests", () => {
    expect(when({}, push)).toBe("on_success");
    expect(when({}, { ref: "v1", tag: true, source: "push" })).toBe("on_success");
    expect(when({}, { ref: "main", tag: false, source: "merge_request_event" })).toBeUndefined();
  });

  it("`only` takes names, patterns, kinds of refs and sources", () => {
    expect(when({ only: ["main"] }, push)).toBe("on_success");
    expect(when({ only: ["/^ma/"] }, push)).toBe("on_success");
    expect(when({ only: ["tags"] }, push)).toBeUndefined();
    expect(when({ only: ["triggers"] }, { ...push, source: "trigger" })).toBe("on_success");
    expect(when({ only: "merge_requests" }, { ...push, source: "merge_request_event" })).toBe("on_success");
  });

  it("`except` takes out what `only` lets in", () => {
    expect(when({ only: ["branches"], except: ["main"] }, push)).toBeUndefined();
    expect(when({ except: ["schedules"] }, { ...push, source: "schedule" })).toBeUndefined();
    expect(when({ except: ["schedules"] }, push)).toBe("on_success");
  });

  it("all parts of `only` have to hold, and no part of `except`", () => {
    const job = { only: { refs: ["main"], variables: ["$A", "$B"] }, except: { variables: ["$C"] } };
    expect(selectionOf(job, push).conditions).toEqual([{ if: "$A" }, { if: "$B" }, { if: "$C" }]);
    expect(when(job, push, [false, true, false])).toBe("on_success");
    expect(when(job, push, [false, false, false])).toBeUndefined();
    expect(when(job, push, [true, true, true])).toBeUndefined();
  });
});
