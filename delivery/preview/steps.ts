import { at, textAt } from "../../policies/read";
import type { EngineStep } from "../engine/engine-event";
import type { Inputs, Operation, PreviewStep } from "./preview";
import { parseUrn } from "./urn";

/** The engine's operations (sdk/go/common/apitype: OpType); those that change nothing are not among them. */
const OPERATIONS: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
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
  } as const),
);

/**
 * One step a resource: a replacement is told in up to three, and a refresh tells of a resource before its update does. They
 * are sorted by URN, since the engine's order is another each time, and two previews of the same should read alike.
 *
 * @param declared the URNs of what the program declares; absent where that is not known
 */
export function stepsOf(all: readonly PreviewStep[], declared?: ReadonlySet<string>): PreviewStep[] {
  const byUrn = new Map<string, PreviewStep>();
  for (const step of all) {
    const known = byUrn.get(step.urn);
    const isReplaced = known?.operation === "replace" || step.operation === "replace";
    byUrn.set(step.urn, known !== undefined && isReplaced ? replaced(known, step) : step);
  }
  return [...byUrn.values()]
    .map((step) => (isWholeGone(step, declared) ? { ...step, isWholeGone: true } : step))
    .sort((one, other) => (one.urn < other.urn ? -1 : 1));
}

function isWholeGone({ operation, parent }: PreviewStep, declared: ReadonlySet<string> | undefined): boolean {
  return operation === "delete" && parent !== "" && declared?.has(parent) === false;
}

/** The step as a preview has it; absent where it changes nothing. The states are not kept, they hold outputs as well. */
export function stepOf({ op, urn, before, after, detailedDiff, diffs = [] }: EngineStep): PreviewStep | undefined {
  const operation = OPERATIONS.get(op);
  if (operation === undefined) return undefined;
  const parts = parseUrn(urn);
  if (parts === undefined) return undefined;
  const state = after ?? before;
  const paths = Object.keys((detailedDiff ?? {}) as object);
  return {
    operation,
    urn,
    type: parts.type,
    name: parts.name,
    parent: textAt(state, "parent") ?? "",
    isCustom: at(state, "custom") === true,
    isProtected: at(before, "protect") === true || at(after, "protect") === true,
    isWholeGone: false,
    isRetained: at(state, "retainOnDelete") === true,
    ...inputsOf("before", before),
    ...inputsOf("after", after),
    changed: paths.length > 0 ? paths : diffs.filter((path) => typeof path === "string"),
  };
}

function replaced(known: PreviewStep, step: PreviewStep): PreviewStep {
  const before = known.before ?? step.before;
  const after = step.after ?? known.after;
  return {
    ...step,
    operation: "replace",
    isProtected: step.isProtected || known.isProtected,
    ...(before && { before }),
    ...(after && { after }),
    changed: [...new Set([...known.changed, ...step.changed])],
  };
}

function inputsOf<K extends "before" | "after">(key: K, state: unknown): Partial<Record<K, Inputs>> {
  if (state === null || state === undefined) return {};
  const inputs = (at(state, "inputs") ?? {}) as Inputs;
  return { [key]: inputs } as Partial<Record<K, Inputs>>;
}
