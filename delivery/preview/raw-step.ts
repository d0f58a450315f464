import { at, textAt } from "../../policies/read";
import type { Inputs, Operation, PreviewStep } from "./preview";
import { parseUrn } from "./urn";

/** A step as both formats have it, with the states' keys that they share. */
export interface RawStep {
  readonly op: string;
  readonly urn: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly detailedDiff: unknown;
  readonly diffs: readonly unknown[];
}

/** The engine's operations (sdk/go/common/apitype: OpType); those that change nothing are not among them. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  create: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  import: "import",
  "import-replacement": "replace",
  discard: "forget",
  "discard-replaced": "replace",
  "remove-pending-replace": "delete",
};

/** Pulumi's mark of a special value and that of a secret among them (sdk/go/common/resource). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** Stands wherever a secret would. */
export const SECRET = "[secret]";

/**
 * The steps that change something, one a resource: a replacement is told in up to three, and a refresh tells of a
 * resource before its update does.
 *
 * @param declared the URNs of what the program declares; absent where that is not known
 */
export function stepsOf(raw: readonly RawStep[], declared?: ReadonlySet<string>): PreviewStep[] {
  const byUrn = new Map<string, PreviewStep>();
  for (const step of raw) {
    const read = stepOf(step, declared);
    if (read === undefined) continue;
    const known = byUrn.get(read.urn);
    byUrn.set(read.urn, known?.operation === "replace" || read.operation === "replace" ? replaced(known, read) : read);
  }
  return [...byUrn.values()];
}

function stepOf(
  { op, urn, before, after, detailedDiff, diffs }: RawStep,
  declared: ReadonlySet<string> | undefined,
): PreviewStep | undefined {
  const operation = OPERATIONS[op];
  const parts = parseUrn(urn);
  if (operation === undefined || parts === undefined) return undefined;
  const state = after ?? before;
  const paths = Object.keys((detailedDiff ?? {}) as object);
  const parent = textAt(state, "parent") ?? "";
  return {
    operation,
    urn,
    type: parts.type,
    name: parts.name,
    parent,
    isCustom: at(state, "custom") === true,
    isProtected: at(before, "protect") === true || at(after, "protect") === true,
    isWholeGone: operation === "delete" && parent !== "" && declared?.has(parent) === false,
    isRetained: at(state, "retainOnDelete") === true,
    ...inputsOf("before", before),
    ...inputsOf("after", after),
    changed: paths.length > 0 ? paths : diffs.filter((path) => typeof path === "string"),
  };
}

function replaced(known: PreviewStep | undefined, step: PreviewStep): PreviewStep {
  const before = known?.before ?? step.before;
  const after = step.after ?? known?.after;
  return {
    ...step,
    operation: "replace",
    isProtected: step.isProtected || known?.isProtected === true,
    ...(before && { before }),
    ...(after && { after }),
    changed: [...new Set([...(known?.changed ?? []), ...step.changed])],
  };
}

function inputsOf<K extends "before" | "after">(key: K, state: unknown): Partial<Record<K, Inputs>> {
  if (state === null || state === undefined) return {};
  const inputs = withoutSecrets(at(state, "inputs") ?? {}) as Inputs;
  return { [key]: inputs } as Partial<Record<K, Inputs>>;
}

/** The value in which Pulumi's secrets read `[secret]`, the revealed ones among them; a copy only where there is one. */
function withoutSecrets(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if ((value as Inputs)[SIGNATURE] === SECRET_SIGNATURE) return SECRET;
  let copy: Record<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const item = (value as Inputs)[key];
    const clean = withoutSecrets(item);
    if (clean === item) continue;
    copy ??= (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
    copy[key] = clean;
  }
  return copy ?? value;
}

/** What a digest and an event have in common: a diagnostic's parts. */
export function diagnosticParts(said: unknown): { severity: string; message: string; urn: string } {
  return {
    severity: textAt(said, "severity") ?? "info",
    message: (textAt(said, "message") ?? "")
      .replace(/<\{%.*?%\}>/g, "")
      .replace(/^(?:error|warning): /, "")
      .trim(),
    urn: textAt(said, "urn") ?? "",
  };
}
