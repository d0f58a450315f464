import type { z } from "zod";

/** What a finding does: `mandatory` stops the update, `advisory` is shown, `disabled` is not looked for. */
export type Level = "mandatory" | "advisory" | "disabled";

/** A resource as a program declared it, without Pulumi: what a rule looks at. */
export interface Subject {
  /** Pulumi's type token: `kubernetes:argoproj.io/v1alpha1:AppProject`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** The inputs, secrets in clear: a finding never quotes what may be one. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly isProtected: boolean;
  /** Paths of outputs that are secrets whatever the program says. */
  readonly secretOutputs: readonly string[];
}

/** One thing that is wrong with a resource. A message is made of it: fact, value, fix. */
export interface Finding {
  /** Where in the inputs: `spec.sourceRepos[0]`. Empty for the resource as a whole. */
  readonly path: string;
  /** One sentence without a full stop: `the project may deploy from every repository`. */
  readonly fact: string;
  /** What is there, as text; absent when nothing is there. Never a secret. */
  readonly value?: string;
  /** What to do, in the imperative, in the words of the catalogue or of the stack's config where these decide it. */
  readonly fix: string;
}

/** A finding of a rule that looks at all resources: it also says which one. */
export interface StackFinding extends Finding {
  readonly urn: string;
}

/** What a rule knows beside the resource. */
export interface RuleContext<Settings> {
  /** The environment that the stack is: `dev`. */
  readonly environment: string;
  /** Whether that is production: the setting `production` of the pack, by default `prod` and `production`. */
  readonly isProduction: boolean;
  /** Whether the stack says that workloads outlive their Application: `deletion.workloads` is `orphan` or `retain`. */
  readonly leavesWorkloads?: boolean;
  /** The rule's own settings, from `gitops-factory:policies` of the stack, defaults filled in. */
  readonly settings: Settings;
}

interface RuleBase<Settings extends object> {
  /** `<kind>-<requirement>`, as its file: `appproject-not-default`. It is what a stack's config names. */
  readonly name: string;
  /** @default what a stack gets that does not name the rule */
  readonly level: Exclude<Level, "disabled">;
  /** What is demanded, as one sentence: `An AppProject is never "default".` */
  readonly description: string;
  /** What happens otherwise, as one or two sentences. */
  readonly reason: string;
  /** Where the rule comes from: the URL of a page of documentation, an advisory or a standard. */
  readonly source: string;
  /** What a stack may set beside the level; strict, each key optional with a default. */
  readonly settings?: z.ZodType<Settings>;
}

/** A rule about single resources. */
export interface ResourceRule<Settings extends object = object> extends RuleBase<Settings> {
  /** Pulumi types that it looks at; it does not apply to others. */
  readonly types: readonly string[];
  check(subject: Subject, context: RuleContext<Settings>): readonly Finding[];
}

/** A rule about what resources are to one another: a namespace that lacks its quota. */
export interface StackRule<Settings extends object = object> extends RuleBase<Settings> {
  checkStack(subjects: readonly Subject[], context: RuleContext<Settings>): readonly StackFinding[];
}

export type Rule = ResourceRule | StackRule;

/** Declares a rule about single resources; its settings' type is that of its schema. */
export function resourceRule<Settings extends object>(rule: ResourceRule<Settings>): ResourceRule {
  return rule as ResourceRule;
}

/** Declares a rule about all resources together. */
export function stackRule<Settings extends object>(rule: StackRule<Settings>): StackRule {
  return rule as StackRule;
}

/** `a fact: "value" at spec.x; fix`: what the engine, the review and the terminal print. */
export function messageOf({ path, fact, value, fix }: Finding): string {
  const place = path === "" ? "" : `${path}: `;
  return `${place}${fact}${value === undefined ? "" : ` (found: ${value})`}. Fix: ${fix}.`;
}
