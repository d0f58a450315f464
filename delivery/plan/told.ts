import { readEvent, type EventKind } from "../engine/engine-event";
import { parseUrn } from "../preview/urn";
import { violationOf } from "./violation";

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
      readonly changes: Readonly<Record<string, number>>;
    };

/** Operations that touch nothing. */
const IDLE = new Set(["same", "read", "refresh"]);

const LOOKED_AT: ReadonlySet<EventKind> = new Set(["resOutputs", "diagnostic", "policy", "summary"]);

/**
 * Reads a line of the engine's event stream; nothing where it is of no interest.
 *
 * @param show makes a text such that a log may have it
 */
export function readTold(line: string, show: (text: string) => string): Told | undefined {
  const event = readEvent(line, LOOKED_AT);
  if (event?.kind === "resOutputs") {
    const { op, urn } = event.step;
    if (event.isPlanning || IDLE.has(op)) return undefined;
    const { type, name } = parseUrn(urn) ?? { type: "", name: urn };
    return { kind: "step", op, type, name: show(name) };
  }
  if (event?.kind === "policy") {
    const { level, policy, message } = event.finding;
    return { kind: "finding", isMandatory: level === "mandatory", rule: policy, text: show(message) };
  }
  if (event?.kind === "summary") return event;
  if (event?.kind !== "diagnostic") return undefined;
  const { severity, message, urn } = event.said;
  const violation = violationOf(message, urn);
  if (violation !== undefined) return { ...violation, text: show(violation.text) };
  if (severity !== "error" && severity !== "warning") return undefined;
  return { kind: "said", severity, text: show(message) };
}

/** Whether a preview or an update touches anything. */
export function hasChanges(changes: Readonly<Record<string, number>>): boolean {
  return Object.entries(changes).some(([op, count]) => !IDLE.has(op) && count > 0);
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
