import {
  readEvent,
  type EngineDiagnostic,
  type EngineEvent,
  type EventKind,
  type PolicyFinding,
} from "../engine/engine-event";
import type { PreviewStep } from "./preview";
import type { RawPreview } from "./raw-preview";
import { stepOf } from "./steps";
import { parseUrn } from "./urn";

const LOOKED_AT: ReadonlySet<EventKind> = new Set(["prelude", "resourcePre", "diagnostic", "policy", "summary"]);

/** Operations on what the program does not declare, or not by that. */
const UNDECLARED = new Set(["delete", "read", "refresh"]);

/** What `PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true` has printed, an event a line. Absent where the lines are others. */
export function readEventStream(lines: readonly string[]): RawPreview | undefined {
  const stream = new EventStream();
  for (const [index, line] of lines.entries()) {
    const event = readEvent(line, LOOKED_AT);
    if (event !== undefined) stream.add(event);
    // Half a line may only be the last.
    else if (index < lines.length - 1) return undefined;
  }
  return stream;
}

/** Takes of each event what a preview needs, so that states are not kept: they are most of a stream. */
class EventStream implements RawPreview {
  stack: string | undefined;
  readonly steps: PreviewStep[] = [];
  readonly declared = new Set<string>();
  readonly diagnostics: EngineDiagnostic[] = [];
  config: unknown;
  readonly policies: PolicyFinding[] = [];
  readonly tellsPolicies = true;
  counts: Readonly<Record<string, number>> = {};
  isWhole = false;

  add(event: EngineEvent): void {
    if (event.kind === "resourcePre") {
      const { op, urn } = event.step;
      this.stack ??= parseUrn(urn)?.stack;
      if (!UNDECLARED.has(op)) this.declared.add(urn);
      const step = stepOf(event.step);
      if (step !== undefined) this.steps.push(step);
    } else if (event.kind === "diagnostic") this.diagnostics.push(event.said);
    else if (event.kind === "policy") this.policies.push(event.finding);
    else if (event.kind === "prelude") this.config ??= event.config;
    else if (event.kind === "summary") {
      this.counts = event.changes;
      this.isWhole = true;
    }
  }
}
