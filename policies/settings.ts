import { z } from "zod";
import { isProduction } from "../model/environment-order";
import { reportIssues } from "../model/issues";
import type { Path, Report } from "../model/report";
import { issuesOf } from "../model/schema-issues";
import { environmentName } from "../model/schema/names";
import { suggestionOr } from "../model/suggest";
import type { Level, Rule, RuleContext } from "./rule";

/** What holds for a rule on one stack. */
export interface RuleSetting {
  readonly level: Level;
  readonly context: RuleContext<object>;
}

/** What a rule knows of the stack as a whole. */
export interface AboutStack {
  readonly environment: string;
  readonly leavesWorkloads?: boolean;
}

/** The levels, as a stack's config writes them. */
export const LEVELS = ["mandatory", "advisory", "disabled"] as const satisfies readonly Level[];

/** The key beside the rules that says which environments are production. */
export const PRODUCTION_KEY = "production";

const environments = z.array(environmentName).min(1);

const level = z.enum(LEVELS);

/**
 * Reads what a stack sets for the pack: `gitops-factory:policies`, a map of rules to a level, or to a map of the level
 * and the rule's settings.
 * @param value what stands at the key; undefined where the stack says nothing
 * @param report gets what is wrong: unknown rules, unknown levels, settings that the rule does not have
 * @returns what holds for each rule, by name; where the value is wrong, the rule's own defaults
 */
export function readSettings(
  value: unknown,
  rules: readonly Rule[],
  stack: AboutStack,
  report: Report,
): ReadonlyMap<string, RuleSetting> {
  const set = mapAt(value, ["policies"], "a map of rules", report);
  reportUnknown(set, rules, report);
  const production = set[PRODUCTION_KEY];
  const named =
    production === undefined ? undefined : parsed(environments, production, [PRODUCTION_KEY], value, report);
  const about = { ...stack, isProduction: named?.includes(stack.environment) ?? isProduction(stack.environment) };
  return new Map(rules.map((rule) => [rule.name, settingOf(rule, set[rule.name], about, value, report)]));
}

function settingOf(
  rule: Rule,
  written: unknown,
  about: Omit<RuleContext<object>, "settings">,
  root: unknown,
  report: Report,
): RuleSetting {
  const form = { level: rule.level as Level, context: { ...about, settings: defaultSettings(rule) } };
  if (written === undefined) return form;
  if (typeof written === "string" || !isMap(written)) {
    return { ...form, level: parsed(level, written, [rule.name], root, report) ?? form.level };
  }
  const { level: writtenLevel, ...own } = written;
  const chosen =
    writtenLevel === undefined ? undefined : parsed(level, writtenLevel, [rule.name, "level"], root, report);
  const settings = parsed(rule.settings ?? z.strictObject({}), own, [rule.name], root, report);
  return {
    level: chosen ?? form.level,
    context: { ...form.context, ...(settings && { settings }) },
  };
}

/** What a rule goes by where a stack sets nothing. */
export function defaultSettings(rule: Rule): object {
  return rule.settings?.parse({}) ?? {};
}

function parsed<Value>(schema: z.ZodType<Value>, value: unknown, path: Path, root: unknown, report: Report) {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = issuesOf(schema, value).map((issue) => ({ ...issue, path: ["policies", ...path, ...issue.path] }));
  const [unknown, others] = [issues.filter(isUnknownKey), issues.filter((issue) => !isUnknownKey(issue))];
  for (const key of unknown.flatMap((issue) => ("keys" in issue ? issue.keys : []))) {
    reportUnknownSetting(String(path[0]), key, settingNames(schema), report);
  }
  reportIssues(others, { policies: root }, report);
  return undefined;
}

function isUnknownKey({ code, path }: z.core.$ZodIssue): boolean {
  return code === "unrecognized_keys" && path.length === 2;
}

function settingNames(schema: z.ZodType): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function reportUnknown(set: Readonly<Record<string, unknown>>, rules: readonly Rule[], report: Report): void {
  const known = [...rules.map(({ name }) => name), PRODUCTION_KEY];
  for (const name of Object.keys(set).filter((key) => !known.includes(key))) {
    report.error(["policies", name], {
      message: `no policy is called "${name}"`,
      allowed: `${PRODUCTION_KEY}, and the rules that \`npx factory policies\` lists`,
      fix: suggestionOr(name, known, "remove it"),
    });
  }
}

function reportUnknownSetting(rule: string, key: string, settings: readonly string[], report: Report): void {
  const known = ["level", ...settings];
  report.error(["policies", rule, key], {
    message: `the policy "${rule}" has no setting "${key}"`,
    allowed: known.join(", "),
    fix: suggestionOr(key, known, "remove it"),
  });
}

function mapAt(value: unknown, path: Path, allowed: string, report: Report): Readonly<Record<string, unknown>> {
  if (value === undefined || isMap(value)) return value ?? {};
  report.error(path, { message: "the value has the wrong type", allowed, fix: `write ${allowed} here` });
  return {};
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
