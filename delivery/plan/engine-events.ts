import { masked } from "../gitlab/log-tail";
import { violationOf } from "./violation";

/** What the engine tells while it runs; source: sdk/go/common/apitype/events.go. */
interface EngineEvent {
  readonly resOutputsEvent?: { readonly metadata: StepMetadata; readonly planning?: boolean };
  readonly resOpFailedEvent?: { readonly metadata: StepMetadata };
  readonly diagnosticEvent?: {
    readonly urn?: string;
    readonly message: string;
    readonly severity: string;
    readonly ephemeral?: boolean;
  };
  readonly policyEvent?: {
    readonly resourceUrn?: string;
    readonly message: string;
    readonly policyName: string;
    readonly enforcementLevel: string;
  };
  readonly summaryEvent?: {
    readonly isPreview: boolean;
    readonly durationSeconds: number;
    readonly resourceChanges?: Readonly<Record<string, number>> | null;
  };
}

interface StepMetadata {
  readonly op: string;
  readonly urn: string;
}

/** One thing that a reader of the log wants to know. */
export type Told =
  /** A step of an update has ended. */
  | { readonly kind: "step"; readonly op: string; readonly type: string; readonly name: string }
  /** What went wrong, or might. */
  | { readonly kind: "said"; readonly severity: "error" | "warning"; readonly text: string }
  /** The engine refused to go beyond the plan. */
  | { readonly kind: "violation"; readonly resource: string; readonly text: string }
  | { readonly kind: "finding"; readonly isMandatory: boolean; readonly rule: string; readonly text: string }
  | {
      readonly kind: "summary";
      readonly isPreview: boolean;
      readonly seconds: number;
      readonly changes: Readonly<Record<string, number>>;
    };

/** Operations that touch nothing. */
const IDLE = new Set(["same", "read", "refresh"]);

/** Reads a line of the engine's event stream (`--json`); nothing where it is of no interest. No text holds a secret. */
export function readEvent(line: string): Told | undefined {
  let event: EngineEvent;
  try {
    event = JSON.parse(line) as EngineEvent;
  } catch {
    return undefined;
  }
  const { resOutputsEvent: done, diagnosticEvent: said, policyEvent: policy, summaryEvent: summary } = event;
  if (done !== undefined) return done.planning === true || IDLE.has(done.metadata.op) ? undefined : step(done.metadata);
  if (policy !== undefined) {
    const text = masked(policy.message.trim(), []);
    return { kind: "finding", isMandatory: policy.enforcementLevel === "mandatory", rule: policy.policyName, text };
  }
  if (summary !== undefined) {
    const { isPreview, durationSeconds: seconds, resourceChanges } = summary;
    return { kind: "summary", isPreview, seconds, changes: resourceChanges ?? {} };
  }
  if (said === undefined || said.ephemeral === true) return undefined;
  const violation = violationOf(said.message, said.urn);
  if (violation !== undefined) return violation;
  if (said.severity !== "error" && said.severity !== "warning") return undefined;
  return { kind: "said", severity: said.severity, text: masked(said.message.trim(), []) };
}

function step({ op, urn }: StepMetadata): Told {
  return { kind: "step", op, ...partsOf(urn) };
}

/** `urn:pulumi:dev::project::parent$kubernetes:core/v1:Namespace::shop` */
export function partsOf(urn: string): { readonly type: string; readonly name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.split("$").at(-1) ?? "", name: name.join("::") };
}

/** `2 to create, 60 unchanged`; in the past tense after an update. */
export function countsOf(changes: Readonly<Record<string, number>>, isPreview: boolean): string {
  const parts = Object.entries(changes)
    .filter(([op]) => !IDLE.has(op))
    .map(([op, count]) => (isPreview ? `${String(count)} to ${op}` : `${String(count)} ${pastOf(op)}`));
  const same = changes["same"] ?? 0;
  return [...(parts.length === 0 ? ["nothing to change"] : parts), `${String(same)} unchanged`].join(", ");
}

function pastOf(op: string): string {
  return op.endsWith("e") ? `${op}d` : `${op}ed`;
}
