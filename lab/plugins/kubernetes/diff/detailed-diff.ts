import {
  type DifferenceKind,
  type PropertyDifference,
  type PropertyMap,
  type PropertyPath,
  type PropertyValue,
  Unknown,
  isPropertyMap,
  sameValue,
} from "../../rpc";
import type { FieldPath } from "./force-new";
import { mergePatch } from "./merge-patch";
import { formatPath } from "./property-path";

/** Each difference by its property path. */
export type DetailedDiff = Readonly<Record<string, PropertyDifference>>;

/**
 * What changes when an object with the values `live` (cut to what the last inputs spoke of) is to have `inputs`.
 * A difference at, above or below one of the `forceNew` fields needs a new object.
 */
export function detailedDiff(live: PropertyMap, inputs: PropertyMap, forceNew: readonly FieldPath[]): DetailedDiff {
  const found: Record<string, PropertyDifference> = {};
  const collector: Collector = {
    add(path, kind, value) {
      const replace = forceNew.some((field) => reaches(path, value, field));
      found[formatPath(path)] = {
        kind: (replace ? `${kind}-replace` : kind) as DifferenceKind,
        // What the program took out is no longer in its inputs: the display compares inputs with inputs.
        inputDiff: kind === "delete",
      };
    },
  };
  collectMap([], mergePatch(live, inputs), live, false, collector);
  return found;
}

interface Collector {
  add(path: PropertyPath, kind: "add" | "delete" | "update", value: PropertyValue): void;
}

function collectMap(
  path: PropertyPath,
  patch: PropertyMap,
  old: PropertyMap,
  inList: boolean,
  collector: Collector,
): void {
  for (const [key, value] of Object.entries(patch)) {
    collect([...path, key], value, Object.hasOwn(old, key) ? old[key] : undefined, inList, collector);
  }
  // Inside a list the patch holds whole items and no nulls, so what is gone shows only by its absence.
  if (!inList) return;
  for (const key of Object.keys(old)) if (!Object.hasOwn(patch, key)) collector.add([...path, key], "delete", null);
}

function collect(
  path: PropertyPath,
  value: PropertyValue,
  old: PropertyValue | undefined,
  inList: boolean,
  collector: Collector,
): void {
  if (value instanceof Unknown) return collector.add(path, old === undefined ? "add" : "update", value);
  if (value === null) return collector.add(path, "delete", value);
  if (old === undefined) return collector.add(path, "add", value);
  if (isPropertyMap(value) && isPropertyMap(old)) {
    return collectMap(path, value, old, inList, collector);
  }
  if (Array.isArray(value) && Array.isArray(old)) {
    return collectList(path, value, old, collector);
  }
  if (!sameValue(value, old)) collector.add(path, "update", value);
}

function collectList(
  path: PropertyPath,
  list: readonly PropertyValue[],
  old: readonly PropertyValue[],
  collector: Collector,
): void {
  list.forEach((item, index) => {
    collect([...path, index], item, old[index], true, collector);
  });
  for (let index = list.length; index < old.length; index++) collector.add([...path, index], "delete", null);
}

/** Whether a change of `value` at `path` touches the field: it is at the field, below it, or brings it along. */
function reaches(path: PropertyPath, value: PropertyValue, field: FieldPath): boolean {
  for (const [index, step] of field.entries()) {
    const taken = path[index];
    if (taken === undefined) return holds(value, field.slice(index));
    if (typeof taken === "number" ? step !== "*" : step !== taken) return false;
  }
  return true;
}

function holds(value: PropertyValue, [step, ...rest]: FieldPath): boolean {
  if (step === undefined) return true;
  if (step === "*") return Array.isArray(value) && value.some((item) => holds(item, rest));
  return isPropertyMap(value) && Object.hasOwn(value, step) && holds(value[step] ?? null, rest);
}
