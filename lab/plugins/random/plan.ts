import {
  type DiffResult,
  isPropertyMap,
  type PropertyDifference,
  type PropertyMap,
  type PropertyValue,
  sameValue,
  unwrapSecrets,
} from "../rpc";
import type { Kind, Plan } from "./kind";

/** What a resource with these inputs will hold, but for what is generated. Secrets are in clear. */
export function planOf(kind: Kind, inputs: PropertyMap): Plan {
  const clear = unwrapSecrets(inputs);
  const plan: Record<string, PropertyValue> = {};
  for (const [name, attribute] of Object.entries(kind.attributes)) {
    const value = clear[name] ?? attribute.default;
    if (value !== undefined && value !== null) plan[name] = value;
  }
  return kind.complete?.(plan) ?? plan;
}

/**
 * What the inputs change of a resource. Compared is with its outputs, so that a default that is now given by hand is
 * no change. An unknown value counts as another one.
 */
export function difference(kind: Kind, outputs: PropertyMap, inputs: PropertyMap): DiffResult {
  const before = unwrapSecrets(outputs);
  const after = planOf(kind, inputs);
  const changed = Object.keys(kind.attributes).filter((name) => !equal(before[name] ?? undefined, after[name]));
  const replaces = changed.filter(
    (name) => kind.attributes[name]?.keeps?.(before[name] ?? undefined, after[name]) !== true,
  );
  const suffix = replaces.length > 0 ? "-replace" : "";
  const details = changed.flatMap((name) => detail(name, before[name] ?? undefined, after[name]));
  return {
    changes: changed.length > 0 ? "some" : "none",
    diffs: changed,
    replaces,
    detailedDiff: Object.fromEntries(
      details.map(([path, kind]) => [path, { kind: `${kind}${suffix}`, inputDiff: false } as PropertyDifference]),
    ),
  };
}

type Change = "add" | "delete" | "update";

/** The changed places: of a map its keys, else the attribute itself. */
function detail(
  path: string,
  before: PropertyValue | undefined,
  after: PropertyValue | undefined,
): [path: string, change: Change][] {
  if (equal(before, after)) return [];
  if (before === undefined) return [[path, "add"]];
  if (after === undefined) return [[path, "delete"]];
  if (!isPropertyMap(before) || !isPropertyMap(after)) return [[path, "update"]];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => detail(`${path}${step(key)}`, before[key], after[key]));
}

/** A key in a property path; one that is no plain word is quoted. */
function step(key: string): string {
  return /^[\w-]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function equal(before: PropertyValue | undefined, after: PropertyValue | undefined): boolean {
  return before === undefined || after === undefined ? before === after : sameValue(before, after);
}
