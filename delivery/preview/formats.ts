import { at, listAt, textAt } from "../../policies/read";
import type { PolicyFinding } from "./preview";
import type { RawStep } from "./raw-step";

/** A preview as its file has it. */
export interface RawPreview {
  readonly steps: readonly RawStep[];
  /** The URNs of all that the program declares; absent where what stays as it is is not told. */
  readonly declared?: ReadonlySet<string>;
  readonly diagnostics: readonly unknown[];
  readonly config: unknown;
  readonly policies: readonly PolicyFinding[];
  readonly tellsPolicies: boolean;
  /** How many resources the engine counts by operation. */
  readonly counts: unknown;
  /** Whether the end is there. */
  readonly isWhole: boolean;
}

/** `pulumi preview --json`: one object (pkg/display: PreviewDigest). Absent where the object is another. */
export function readDigest(digest: unknown): RawPreview | undefined {
  // A program that fails at once leaves no step; what is always there is the count.
  if (typeof at(digest, "changeSummary") !== "object" && !Array.isArray(at(digest, "steps"))) return undefined;
  return {
    steps: listAt(digest, "steps").map((step) => ({
      op: textAt(step, "op") ?? "",
      urn: textAt(step, "urn") ?? "",
      before: at(step, "oldState"),
      after: at(step, "newState"),
      detailedDiff: at(step, "detailedDiff"),
      diffs: listAt(step, "diffReasons"),
    })),
    diagnostics: listAt(digest, "diagnostics"),
    config: at(digest, "config"),
    policies: [],
    tellsPolicies: false,
    counts: at(digest, "changeSummary"),
    isWhole: true,
  };
}

/** What most lines of a stream are, and what is not looked at. */
const IDLE =
  /^\{"sequence":\d+,"timestamp":\d+,"(?:resOutputsEvent|resourcePreEvent":\{"metadata":\{"op":"(?:same|read|refresh)")/;

/** What stays as it is: its URN comes before all else that an event tells of it. */
const UNCHANGED = /^\{[^{]+\{"metadata":\{"op":"same","urn":"([^"]+)"/;

/**
 * The stream of `PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true`: an event a line (sdk/go/common/apitype: EngineEvent).
 * Absent where the lines are others.
 */
export function readEventStream(lines: readonly string[]): RawPreview | undefined {
  const events: unknown[] = [];
  const urns: RawStep[] = [];
  const declared = new Set<string>();
  for (const [index, line] of lines.entries()) {
    if (IDLE.test(line)) {
      if (urns.length === 0) urns.push(...stackOf(line));
      const urn = UNCHANGED.exec(line)?.[1];
      if (urn !== undefined) declared.add(urn);
      continue;
    }
    const event = parsed(line);
    if (event === undefined) {
      // Half a line may only be the last.
      if (index === lines.length - 1) break;
      return undefined;
    }
    if (typeof at(event, "sequence") !== "number") return undefined;
    events.push(event);
  }
  const steps = events.flatMap((event) => {
    const step = at(event, "resourcePreEvent", "metadata");
    return step === undefined ? [] : [stepOf(step)];
  });
  for (const { op, urn } of steps) if (op !== "delete") declared.add(urn);
  return {
    steps: [...urns, ...steps],
    declared,
    diagnostics: events.flatMap((event) => {
      const said = at(event, "diagnosticEvent");
      return said === undefined || at(said, "ephemeral") === true ? [] : [said];
    }),
    config: events.map((event) => at(event, "preludeEvent", "config")).find((config) => config !== undefined),
    policies: events.flatMap((event) => findingOf(at(event, "policyEvent"))),
    tellsPolicies: true,
    counts: events.map((event) => at(event, "summaryEvent", "resourceChanges")).find((counts) => counts !== undefined),
    isWhole: events.some((event) => at(event, "summaryEvent") !== undefined),
  };
}

/** The first line that has a URN tells the stack, although its step changes nothing. */
function stackOf(line: string): RawStep[] {
  const urn = /"urn":"(urn:pulumi:[^"]+)"/.exec(line)?.[1];
  return urn === undefined
    ? []
    : [{ op: "same", urn, before: undefined, after: undefined, detailedDiff: undefined, diffs: [] }];
}

function stepOf(metadata: unknown): RawStep {
  return {
    op: textAt(metadata, "op") ?? "",
    urn: textAt(metadata, "urn") ?? "",
    before: at(metadata, "old"),
    after: at(metadata, "new"),
    detailedDiff: at(metadata, "detailedDiff"),
    diffs: listAt(metadata, "diffs"),
  };
}

function findingOf(event: unknown): PolicyFinding[] {
  if (event === undefined) return [];
  const level = textAt(event, "enforcementLevel") === "mandatory" ? "mandatory" : "advisory";
  return [
    {
      policy: textAt(event, "policyName") ?? "",
      pack: textAt(event, "policyPackName") ?? "",
      level,
      message: (textAt(event, "message") ?? "").replace(/<\{%.*?%\}>/g, "").trim(),
      urn: textAt(event, "resourceUrn") ?? "",
    },
  ];
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
