import type { Preview } from "../../../../../delivery/preview/preview";
import { readPreview } from "../../../../../delivery/preview/read-preview";

/** One step of a preview, as short as a test can say it. */
export interface Change {
  readonly op: string;
  /** With the parents' types before it: `factory:project:Project$kubernetes:core/v1:Namespace`. */
  readonly type: string;
  readonly name: string;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly retain?: boolean;
  readonly before?: object;
  readonly after?: object;
  /** Paths that the provider tells. */
  readonly diff?: readonly string[];
}

export interface Around {
  readonly stack?: string;
  readonly config?: Readonly<Record<string, string>>;
  readonly said?: readonly { readonly severity: string; readonly message: string }[];
  readonly policies?: readonly object[];
  readonly same?: number;
  /** Whether the program declares the components that the changed objects belong to. @default true */
  readonly declaresParents?: boolean;
}

const PROJECT = "gitops-factory";

function urnOf(stack: string, type: string, name: string): string {
  return `urn:pulumi:${stack}::${PROJECT}::${type}::${name}`;
}

function stackUrn(stack: string): string {
  return urnOf(stack, "pulumi:pulumi:Stack", `${PROJECT}-${stack}`);
}

function stateOf(stack: string, { type, name, parent, protect, retain }: Change, inputs: object | undefined) {
  if (inputs === undefined) return undefined;
  const own = type.slice(type.lastIndexOf("$") + 1);
  return {
    urn: urnOf(stack, type, name),
    custom: !/^(?:factory|pulumi):/.test(own),
    type: own,
    inputs,
    ...(parent !== undefined && { parent: urnOf(stack, parent.split("::")[0] ?? "", parent.split("::")[1] ?? "") }),
    ...(protect === true && { protect }),
    ...(retain === true && { retainOnDelete: retain }),
  };
}

/** What `pulumi preview --json` prints (engine 3.220). */
export function digest(changes: readonly Change[], around: Around = {}): string {
  const { stack = "dev", config = {}, said, same = 1 } = around;
  const steps = changes.map((change) => ({
    op: change.op,
    urn: urnOf(stack, change.type, change.name),
    oldState: stateOf(stack, change, change.before),
    newState: stateOf(stack, change, change.after),
    detailedDiff: Object.fromEntries((change.diff ?? []).map((path) => [path, { kind: "update", inputDiff: false }])),
  }));
  const first = { op: "same", urn: stackUrn(stack), oldState: {}, newState: {}, detailedDiff: null };
  return JSON.stringify(
    { config, steps: [first, ...steps], diagnostics: said, duration: 1, changeSummary: { same } },
    null,
    4,
  );
}

/** What it prints with PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true. */
export function eventStream(changes: readonly Change[], around: Around = {}): string {
  const { stack = "dev", config = {}, said = [], policies = [], same = 1 } = around;
  const first = unchanged(stackUrn(stack), "pulumi:pulumi:Stack");
  const parents = around.declaresParents === false ? [] : parentsOf(stack, changes);
  const steps = changes.map((change) => ({
    op: change.op,
    urn: urnOf(stack, change.type, change.name),
    old: stateOf(stack, change, change.before) ?? null,
    new: stateOf(stack, change, change.after) ?? null,
    detailedDiff: Object.fromEntries((change.diff ?? []).map((path) => [path, { diffKind: "update" }])),
  }));
  const events = [
    { preludeEvent: { config } },
    ...[first, ...parents, ...steps].map((metadata) => ({ resourcePreEvent: { metadata, planning: true } })),
    ...said.map(({ severity, message }) => ({ diagnosticEvent: { severity, message, prefix: `${severity}: ` } })),
    ...policies.map((policyEvent) => ({ policyEvent })),
    { summaryEvent: { resourceChanges: { same }, isPreview: true } },
    { cancelEvent: {} },
  ];
  return events.map((event, sequence) => `${JSON.stringify({ sequence, timestamp: 1, ...event })}\n`).join("");
}

function unchanged(urn: string, type: string) {
  return { op: "same", urn, type, old: null, new: null };
}

/** The components that stay as they are, although an object of theirs changes. */
function parentsOf(stack: string, changes: readonly Change[]) {
  const changed = new Set(changes.map(({ type, name }) => urnOf(stack, type, name)));
  const named = [...new Set(changes.flatMap(({ parent }) => parent ?? []))].map((parent) => parent.split("::"));
  return named
    .map(([type = "", name = ""]) => unchanged(urnOf(stack, type, name), type))
    .filter(({ urn }) => !changed.has(urn));
}

/** A preview of these changes. */
export function previewOf(changes: readonly Change[], around: Around = {}): Preview {
  return readPreview(`preview-${around.stack ?? "dev"}.json`, eventStream(changes, around));
}
