import { createHash } from "node:crypto";
import {
  type CheckFailure,
  type CheckRequest,
  type CheckResult,
  hasUnknown,
  isPropertyMap,
  type PropertyMap,
  type PropertyValue,
  Secret,
  Unknown,
} from "../rpc";
import type { PropertyType } from "./package-schema";
import { planOf } from "./plan";
import type { ResourceType } from "./resource-type";

/** Checks the inputs, turns `"5"` into 5 where a number is wanted (ids are texts elsewhere), and makes up a name. */
export function checkInputs(type: ResourceType, request: CheckRequest, now: Date): CheckResult {
  const failures: CheckFailure[] = [];
  const inputs: Record<string, PropertyValue> = {};
  for (const [name, value] of Object.entries(request.newInputs)) {
    const property = type.input(name);
    if (property === undefined || value === null) continue;
    const typed = asType(property.type, value);
    if (typed === undefined) failures.push(failure(name, `${name} must be ${wordOf(property.type)}`));
    else inputs[name] = typed;
  }
  for (const name of type.required) {
    if (inputs[name] === undefined && failures.every(({ property }) => property !== name)) {
      failures.push(failure(name, `Missing required property '${name}'`));
    }
  }
  if (failures.length === 0 && !hasUnknown(inputs)) {
    const reasons = type.kind.conflicts?.(planOf(type, inputs, undefined, now), now) ?? [];
    failures.push(...reasons.map((reason) => failure("", reason)));
  }
  return { inputs: named(type, request, inputs), failures };
}

/** The official provider makes up a name where there is one and none is given: the resource's, and seven digits. */
function named(type: ResourceType, request: CheckRequest, inputs: PropertyMap): PropertyMap {
  if (type.input("name") === undefined || inputs["name"] !== undefined) return inputs;
  const digits = createHash("sha256").update(request.randomSeed).digest("hex").slice(0, 7);
  const name = request.oldInputs["name"] ?? `${request.name}-${digits}`;
  return { ...inputs, name, __defaults: ["name"] };
}

/** The value as the type wants it; `undefined` when it cannot be. */
function asType(type: PropertyType, value: PropertyValue): PropertyValue | undefined {
  if (value instanceof Secret) {
    const inner = asType(type, value.value);
    return inner === undefined ? undefined : new Secret(inner);
  }
  if (value instanceof Unknown) return value;
  if (type === "string") return typeof value === "number" ? String(value) : ofType("string", value);
  if (type === "integer") {
    const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
    return Number.isSafeInteger(number) ? number : undefined;
  }
  if (type === "boolean") return value === "true" ? true : value === "false" ? false : ofType("boolean", value);
  if (typeof type === "object" && "array" in type) {
    if (!Array.isArray(value)) return undefined;
    const items = value.map((item) => asType(type.array, item));
    return items.includes(undefined) ? undefined : (items as PropertyValue[]);
  }
  return isPropertyMap(value) ? value : undefined;
}

function ofType(type: "string" | "boolean", value: PropertyValue): PropertyValue | undefined {
  return typeof value === type ? value : undefined;
}

function wordOf(type: PropertyType): string {
  if (typeof type === "object") return "array" in type ? "a list" : "a map";
  if (type.startsWith("#")) return "a map";
  return type === "integer" ? "an integer" : `a ${type}`;
}

function failure(property: string, reason: string): CheckFailure {
  return { property, reason };
}
