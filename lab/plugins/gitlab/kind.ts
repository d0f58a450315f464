import type { PropertyMap, PropertyValue } from "../rpc";
import type { GitLabClient } from "./client/client";

/** What the schema does not say of an argument. */
export interface Attribute {
  /** What holds when it is absent. */
  readonly default?: PropertyValue;
  /** Whether a change needs a new resource. @default false */
  readonly replaces?: boolean;
  /**
   * Whether GitLab never tells it again: a choice about how to create or delete, or a secret. It is what it was when it
   * was last given. @default false
   */
  readonly untold?: boolean;
  /** Whether GitLab decides when it is absent, although the schema does not promise a value. @default false */
  readonly decided?: boolean;
}

/** Arguments in clear, defaults filled in. */
export type Plan = Readonly<PropertyMap>;

/** What GitLab says of a resource, by the names of the outputs. A key that is not there is not told; null is none. */
export type Told = Readonly<Record<string, unknown>>;

export interface Context {
  readonly gitlab: GitLabClient;
  readonly now: Date;
}

export interface Made {
  readonly id: string;
  readonly told: Told;
}

/** A change to make in place. */
export interface Change {
  /** The arguments that differ; those that were taken out hold what GitLab takes for none. */
  readonly changed: Plan;
  readonly plan: Plan;
  /** The outputs until now, in clear. */
  readonly state: Plan;
}

/**
 * A resource type of the package. What the schema knows is not repeated: arguments, their types, which are required,
 * which outputs are secret. Rules are those of the provider that pulumi-gitlab bridges,
 * gitlabhq/terraform-provider-gitlab 18.
 */
export interface Kind {
  readonly token: string;
  /** How many parts the id has: `project:key:scope` has three. The last part takes what colons are left. */
  readonly idParts: number;
  readonly attributes?: Readonly<Record<string, Attribute>>;
  /** The outputs that a change of these arguments makes anew. */
  readonly renewed?: { readonly by: readonly string[]; readonly outputs: readonly string[] };
  /** What is wrong with arguments that the schema allows. Only asked when all are known. */
  readonly conflicts?: (plan: Plan, now: Date) => readonly string[];
  /** Fills in what defaults of single attributes cannot. `state` is absent when the resource is to be created. */
  readonly complete?: (plan: Plan, state: Plan | undefined, now: Date) => Plan;
  create(context: Context, plan: Plan): Promise<Made>;
  /** Throws GitLab's 404 when the resource is gone; `undefined` says so, too. */
  read(context: Context, id: readonly string[], state: Plan): Promise<Told | undefined>;
  /** Absent: every change needs a new resource. A new `id` is told as an output. */
  readonly update?: (context: Context, id: readonly string[], change: Change) => Promise<Told>;
  remove(context: Context, id: readonly string[], state: Plan): Promise<void>;
}

/**
 * Arguments as the client's options, whose names are GitLab's in camel case as the package's are. The schema has checked
 * their types; the client's own have not all of them.
 */
export function options(values: unknown): never {
  return values as never;
}

/** A plan without some arguments. */
export function without(plan: Plan, ...names: string[]): Plan {
  return Object.fromEntries(Object.entries(plan).filter(([name]) => !names.includes(name)));
}

/** An argument as a text: an id that may also be a path. */
export function textOf(plan: Plan, name: string): string {
  return String(plan[name] ?? "");
}

/** A part of an id. Throws when it is not there. */
export function part(id: readonly string[], index: number): string {
  const value = id[index];
  if (value === undefined || value === "") throw new Error(`the id ${JSON.stringify(id.join(":"))} is too short`);
  return value;
}
