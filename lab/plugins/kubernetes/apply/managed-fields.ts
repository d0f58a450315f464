import { type PropertyMap, isPropertyMap } from "../../rpc";
import type { KubeObject } from "../object/object";
import { listAt, stringAt } from "../object/object";

/** One line of an object's `metadata.managedFields`: who owns which fields, and by which kind of request. */
export type ManagedFields = PropertyMap;

export function managedFieldsOf(object: KubeObject): readonly ManagedFields[] {
  return listAt(object, "metadata", "managedFields");
}

/**
 * Managers whose fields an update with server-side apply takes over, by the beginning of their names: kubectl's, and
 * those under which the provider creates objects with a plain create, which counts as another manager than its apply.
 * Source: pulumi-kubernetes `pkg/await/await.go`.
 */
const absorbed = [
  { prefix: "kubectl", operations: ["Apply", "Update"] },
  { prefix: "before-first-apply", operations: ["Update"] },
  { prefix: "pulumi-kubernetes", operations: ["Update"] },
  { prefix: "pulumi-resource-kubernetes", operations: ["Update"] },
];

/** Whether an update by `manager` takes over what this line owns. */
export function isAbsorbed(entry: ManagedFields, manager: string): boolean {
  if (stringAt(entry, "subresource") !== "") return false;
  const [owner, operation] = [stringAt(entry, "manager"), stringAt(entry, "operation")];
  if (operation === "Apply" && owner === manager) return false;
  if (operation === "Update" && owner === manager) return true;
  return absorbed.some(({ prefix, operations }) => owner.startsWith(prefix) && operations.includes(operation));
}

/**
 * The `managedFields` after `manager` took over what it absorbs; `undefined` when there is nothing to take over.
 * Without that, fields that its earlier requests set would conflict with its next apply, or never go away.
 */
export function absorb(entries: readonly ManagedFields[], manager: string): readonly ManagedFields[] | undefined {
  const taken = entries.filter((entry) => isAbsorbed(entry, manager));
  const [first] = taken;
  if (first === undefined) return undefined;
  const isOwn = (entry: ManagedFields): boolean => entry["manager"] === manager && entry["operation"] === "Apply";
  const own = entries.find(isOwn) ?? { ...first, manager, operation: "Apply", fieldsV1: {} };
  const fieldsV1 = [own, ...taken].map(fieldsOf).reduce(union, {});
  return [...entries.filter((entry) => !isOwn(entry) && !taken.includes(entry)), { ...own, fieldsV1 }];
}

/**
 * Whether the manager owns the field, or something inside it. Lists cannot be stepped into.
 * Source of the `f:` notation: structured-merge-diff.
 */
export function ownsField(entry: ManagedFields, path: readonly string[]): boolean {
  let fields: unknown = fieldsOf(entry);
  for (const step of path) {
    if (!isPropertyMap(fields) || !Object.hasOwn(fields, `f:${step}`)) return false;
    fields = fields[`f:${step}`];
  }
  return true;
}

function fieldsOf(entry: ManagedFields): PropertyMap {
  const fields = entry["fieldsV1"];
  return isPropertyMap(fields) ? fields : {};
}

function union(left: PropertyMap, right: PropertyMap): PropertyMap {
  const both: PropertyMap = { ...left };
  for (const [key, value] of Object.entries(right)) {
    const present = both[key];
    both[key] = isPropertyMap(present) && isPropertyMap(value) ? union(present, value) : value;
  }
  return both;
}
