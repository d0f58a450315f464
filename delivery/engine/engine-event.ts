import { at, listAt, textAt } from "../../policies/read";
import { parseHidingSecrets } from "./hidden-secrets";

/** Has the engine write events, a line each, for a preview's `--json` too, which else prints a digest without policies. */
export const EVENTS = { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: "true" };

/** What the engine does, or would do, with a resource; of one that it has only a look at, no more than this is known. */
export interface EngineStep {
  /** sdk/go/common/apitype: OpType. */
  readonly op: string;
  readonly urn: string;
  /** The states; null or absent for what is new or goes. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** How properties differ, by their paths. */
  readonly detailedDiff?: unknown;
  /** The paths, of providers that tell no more. */
  readonly diffs?: readonly unknown[];
}

/** What the program, a provider or the engine itself says. */
export interface EngineDiagnostic {
  /** debug, info, info#err, warning or error. */
  readonly severity: string;
  readonly message: string;
  /** Empty where it is about no resource. */
  readonly urn: string;
}

/** What a rule of a policy pack has to say. */
export interface PolicyFinding {
  readonly policy: string;
  readonly pack: string;
  readonly level: "mandatory" | "advisory";
  readonly message: string;
  /** Empty where it is about the stack as a whole. */
  readonly urn: string;
}

interface Events {
  /** The beginning, with the stack's config. */
  readonly prelude: { readonly config: unknown };
  /** A step begins. In a preview that is all. */
  readonly resourcePre: { readonly step: EngineStep };
  /** A step has ended. */
  readonly resOutputs: { readonly step: EngineStep; readonly isPlanning: boolean };
  /** Progress, which is shown and forgotten, is not among them. */
  readonly diagnostic: { readonly said: EngineDiagnostic };
  readonly policy: { readonly finding: PolicyFinding };
  /** The end. */
  readonly summary: { readonly isPreview: boolean; readonly changes: Readonly<Record<string, number>> };
}

export type EventKind = keyof Events;

/** What the engine tells while it runs (sdk/go/common/apitype: EngineEvent), without a secret of Pulumi's. */
export type EngineEvent =
  { readonly [Kind in EventKind]: { readonly kind: Kind } & Events[Kind] }[EventKind] | { readonly kind: "other" };

/** How the engine begins a line; its state, which is most of it, comes later. */
const HEAD = /^\{"sequence":\d+,"timestamp":\d+,"(\w+)Event":/;

/** A step that changes nothing, as most do. */
const IDLE = /^\{[^{]+\{"metadata":\{"op":"(same|read|refresh)","urn":"([^"\\]+)"/;

/**
 * Reads a line of the engine's event stream.
 *
 * @param wanted the kinds that are looked at; another one, also one that is not known, is `other`
 * @returns absent where the line is no event, half of one for instance
 */
export function readEvent(line: string, wanted: ReadonlySet<EventKind>): EngineEvent | undefined {
  const kind = HEAD.exec(line)?.[1];
  if (kind !== undefined && !wanted.has(kind as EventKind)) return { kind: "other" };
  if (kind === "resourcePre") {
    const [, op, urn] = IDLE.exec(line) ?? [];
    if (op !== undefined && urn !== undefined) return { kind, step: { op, urn } };
  }
  const event = parsed(line);
  if (typeof at(event, "sequence") !== "number") return undefined;
  for (const known of wanted) {
    const body = at(event, `${known}Event`);
    if (body !== undefined) return eventOf(known, body);
  }
  return { kind: "other" };
}

function eventOf(kind: EventKind, body: unknown): EngineEvent {
  switch (kind) {
    case "prelude":
      return { kind, config: at(body, "config") };
    case "resourcePre":
      return { kind, step: stepOf(at(body, "metadata")) };
    case "resOutputs":
      return { kind, step: stepOf(at(body, "metadata")), isPlanning: at(body, "planning") === true };
    case "diagnostic":
      return at(body, "ephemeral") === true ? { kind: "other" } : { kind, said: diagnosticOf(body) };
    case "policy":
      return { kind, finding: findingOf(body) };
    case "summary":
      return { kind, isPreview: at(body, "isPreview") === true, changes: countsOf(at(body, "resourceChanges")) };
  }
}

function stepOf(metadata: unknown): EngineStep {
  return {
    op: textAt(metadata, "op") ?? "",
    urn: textAt(metadata, "urn") ?? "",
    before: at(metadata, "old"),
    after: at(metadata, "new"),
    detailedDiff: at(metadata, "detailedDiff"),
    diffs: listAt(metadata, "diffs"),
  };
}

/** A diagnostic, which events and the digest have alike. */
export function diagnosticOf(body: unknown): EngineDiagnostic {
  return {
    severity: textAt(body, "severity") ?? "info",
    message: plainMessage(body).replace(/^(?:error|warning): /, ""),
    urn: textAt(body, "urn") ?? "",
  };
}

function findingOf(body: unknown): PolicyFinding {
  return {
    policy: textAt(body, "policyName") ?? "",
    pack: textAt(body, "policyPackName") ?? "",
    level: textAt(body, "enforcementLevel") === "mandatory" ? "mandatory" : "advisory",
    message: plainMessage(body),
    urn: textAt(body, "resourceUrn") ?? "",
  };
}

/** The engine's marks for colours are for its own terminal. */
function plainMessage(body: unknown): string {
  return (textAt(body, "message") ?? "").replace(/<\{%.*?%\}>/g, "").trim();
}

/** How many resources, by operation; of a preview that has changed nothing the engine says null. */
export function countsOf(changes: unknown): Readonly<Record<string, number>> {
  const entries = Object.entries((changes ?? {}) as object);
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => typeof entry[1] === "number"));
}

function parsed(line: string): unknown {
  try {
    return parseHidingSecrets(line);
  } catch {
    return undefined;
  }
}
