import {
  type CheckFailure,
  hasUnknown,
  isPropertyMap,
  type PropertyMap,
  type PropertyValue,
  unwrapSecrets,
} from "../rpc";
import type { Attribute, Kind } from "./kind";

/** What is wrong with the inputs, worded as the official plugin does. An unknown value is given the benefit of doubt. */
export function failuresOf(kind: Kind, name: string, inputs: PropertyMap): CheckFailure[] {
  const clear = unwrapSecrets(inputs);
  const single = Object.entries(kind.attributes).flatMap(([attribute, rule]) =>
    failureOf(name, attribute, rule, clear[attribute] ?? undefined),
  );
  if (single.length > 0 || hasUnknown(clear) || kind.conflicts === undefined) return single;
  const conflicts = kind.conflicts(clear);
  return conflicts.map(({ attribute, reason }) => failure(name, attribute, reason));
}

/** The warnings about attributes that are set though they should not be any more. */
export function deprecationsOf(kind: Kind, inputs: PropertyMap): string[] {
  return Object.entries(kind.attributes).flatMap(([name, { deprecation }]) =>
    deprecation !== undefined && (inputs[name] ?? undefined) !== undefined
      ? [`property "${name}" is deprecated: ${deprecation}`]
      : [],
  );
}

function failureOf(name: string, attribute: string, rule: Attribute, value: PropertyValue | undefined): CheckFailure[] {
  if (value === undefined) {
    return rule.required === true ? [{ property: "", reason: `Missing required property '${attribute}'` }] : [];
  }
  if (hasUnknown(value)) return [];
  if (!hasType(rule, value)) {
    return [failure(name, attribute, `Invalid Attribute Value. Attribute ${attribute} must be a ${rule.type}`)];
  }
  if (rule.atLeast !== undefined && Number(value) < rule.atLeast) {
    const fact = `Attribute ${attribute} value must be at least ${rule.atLeast}, got: ${String(value)}`;
    return [failure(name, attribute, `Invalid Attribute Value. ${fact}`)];
  }
  return [];
}

/** The bridge leaves the failure's property empty and names the place in the text. */
function failure(name: string, attribute: string, reason: string): CheckFailure {
  return { property: "", reason: `${reason}. Examine values at '${name}.${attribute}'.` };
}

function hasType({ type }: Attribute, value: PropertyValue): boolean {
  switch (type) {
    case "boolean":
    case "string":
      return typeof value === type;
    case "integer":
      return Number.isSafeInteger(value);
    case "map":
      return isPropertyMap(value);
    case "list":
      return Array.isArray(value);
  }
}
