/**
 * The environments that platforms commonly have, from the first that a change comes to up to production. Those of one
 * name in the row stand at the same place.
 */
const COMMON: readonly (readonly string[])[] = [
  ["dev", "development"],
  ["integ", "integration"],
  ["test", "testing", "qa"],
  ["recette", "uat"],
  ["staging", "stage"],
  ["preprod", "preproduction"],
  ["prod", "production"],
];

/** Environments that hold what people rely on. */
const PRODUCTION = ["prod", "production"];

export function isProduction(environment: string): boolean {
  return PRODUCTION.includes(environment);
}

/** Whether a name alone, of a folder for instance, says that it is an environment's. */
export function isCommonEnvironment(name: string): boolean {
  return rankOf(name) >= 0;
}

/** An environment of the platform, and where its changes come from. */
export interface OrderedEnvironment {
  readonly environment: string;
  /** The stack's `promotion.from`; absent where it says nothing. */
  readonly from?: string | undefined;
}

/**
 * The environments that a change has passed before it comes to this one, the nearest first: what `promotion.from` says,
 * else the nearest earlier one in the common order. Empty for the first one, and for one that has no place in the order.
 */
export function environmentsBefore(environment: string, all: readonly OrderedEnvironment[]): readonly string[] {
  const passed: string[] = [];
  for (let at = predecessor(environment, all); at !== undefined; at = predecessor(at, all)) {
    // A circle would be a mistake of the config; it must not be followed for ever.
    if (at === environment || passed.includes(at)) break;
    passed.push(at);
  }
  return passed;
}

function predecessor(environment: string, all: readonly OrderedEnvironment[]): string | undefined {
  // Of several stacks that are this environment, one may say it for all.
  const said = all.find((one) => one.environment === environment && one.from !== undefined)?.from;
  if (said !== undefined) return said;
  const rank = rankOf(environment);
  const earlier = all
    .map((one) => one.environment)
    .filter((one) => rankOf(one) >= 0 && rankOf(one) < rank)
    .sort((one, other) => rankOf(other) - rankOf(one));
  return earlier[0];
}

/** -1 for one that the common order does not have. */
function rankOf(environment: string): number {
  return COMMON.findIndex((names) => names.includes(environment));
}
