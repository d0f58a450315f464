import { isPropertyMap, type PropertyMap, type PropertyValue } from "../rpc";

/** One input of a kind, which is also an output. A change of it makes a new resource, but for what `keeps` says. */
export interface Attribute {
  readonly type: "boolean" | "integer" | "string" | "map" | "list";
  /** @default false */
  readonly required?: boolean;
  /** What the output holds when the input is absent. */
  readonly default?: PropertyValue;
  /** The least integer that is accepted. */
  readonly atLeast?: number;
  /** Whether this change is so small that the resource stays, and only takes the new value. @default never */
  readonly keeps?: (before: PropertyValue | undefined, after: PropertyValue | undefined) => boolean;
  /** Said when the attribute is set. */
  readonly deprecation?: string;
}

/** A generated or imported value. */
export interface Generated {
  /** The resource's id. */
  readonly id: string;
  /** All outputs, secrets in clear. */
  readonly outputs: PropertyMap;
}

/** Inputs without secrets around them, defaults filled in. */
export type Plan = Readonly<Record<string, PropertyValue>>;

/** A problem that only several attributes together have. */
export interface Conflict {
  readonly attribute: string;
  readonly reason: string;
}

/**
 * A resource type of the random package. Rules and defaults are those of the provider that pulumi-random 4.21
 * bridges, hashicorp/terraform-provider-random 3.9; the shape of the outputs is what the bridge makes of them.
 */
export interface Kind {
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** The outputs that exist only once the value is generated. */
  readonly computed: readonly string[];
  /** The computed outputs that are secret. */
  readonly secrets: readonly string[];
  /** Fills in what defaults of single attributes cannot. */
  readonly complete?: (plan: Plan) => Plan;
  /** Judges attributes together; is only asked when all are known. */
  readonly conflicts?: (inputs: Plan) => Conflict[];
  generate(plan: Plan): Promise<Generated> | Generated;
  /** The resource that an import id describes; throws on an id that describes none. Absent: cannot be imported. */
  readonly adopt?: (id: string) => Promise<Generated> | Generated;
}

/** The attribute that every kind has: any values whose change asks for a new random value. */
export const keepers: Attribute = {
  type: "map",
  // A key whose value is null counts as absent.
  keeps: (before, after) => sameEntries(entriesOf(before), entriesOf(after)),
};

/** An integer of a plan: 0 when absent. */
export function integerOf(plan: Plan, name: string): number {
  const value = plan[name];
  return typeof value === "number" ? value : 0;
}

/** A string of a plan: "" when absent. */
export function stringOf(plan: Plan, name: string): string {
  const value = plan[name];
  return typeof value === "string" ? value : "";
}

function entriesOf(value: PropertyValue | undefined): Map<string, PropertyValue> {
  const entries = Object.entries(isPropertyMap(value) ? value : {});
  return new Map(entries.filter(([, item]) => item !== null));
}

function sameEntries(before: Map<string, PropertyValue>, after: Map<string, PropertyValue>): boolean {
  return before.size === after.size && [...before].every(([key, value]) => after.get(key) === value);
}
