import { at, listAt, textAt } from "../../policies/read";
import { countsOf, diagnosticOf, type EngineStep } from "../engine/engine-event";
import type { RawPreview } from "./raw-preview";
import { stepOf } from "./steps";
import { parseUrn } from "./urn";

/** `pulumi preview --json`: one object (pkg/display: PreviewDigest). Absent where the object is another. */
export function readDigest(digest: unknown): RawPreview | undefined {
  // A program that fails at once leaves no step; what is always there is the count.
  if (typeof at(digest, "changeSummary") !== "object" && !Array.isArray(at(digest, "steps"))) return undefined;
  const steps = listAt(digest, "steps").map(engineStep);
  return {
    stack: steps.map(({ urn }) => parseUrn(urn)?.stack).find((name) => name !== undefined),
    steps: steps.flatMap((step) => stepOf(step) ?? []),
    diagnostics: listAt(digest, "diagnostics").map(diagnosticOf),
    config: at(digest, "config"),
    policies: [],
    tellsPolicies: false,
    counts: countsOf(at(digest, "changeSummary")),
    isWhole: true,
  };
}

function engineStep(step: unknown): EngineStep {
  return {
    op: textAt(step, "op") ?? "",
    urn: textAt(step, "urn") ?? "",
    before: at(step, "oldState"),
    after: at(step, "newState"),
    detailedDiff: at(step, "detailedDiff"),
    diffs: listAt(step, "diffReasons"),
  };
}
