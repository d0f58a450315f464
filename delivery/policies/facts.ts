import { z } from "zod";
import type { Level, Rule } from "../../policies/rule";
import type { RuleSetting } from "../../policies/settings";

/** A rule of the policy pack, as `factory policies --json` prints it. */
export interface PolicyFacts {
  readonly name: string;
  /** What the stack named by `--stack` sets, else the rule's own. */
  readonly level: Level;
  /** The rule's own level, which holds where a stack says nothing. */
  readonly defaultLevel: Level;
  readonly description: string;
  readonly reason: string;
  readonly source: string;
  /** What may be set beside the level, as a JSON Schema; absent when there is nothing. */
  readonly settings?: Readonly<Record<string, SettingSchema>>;
  /** What the stack named by `--stack` sets of it, defaults filled in. */
  readonly set?: Readonly<Record<string, unknown>>;
}

/** The part of a setting's JSON Schema that people are shown. */
export interface SettingSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: SettingSchema;
}

/**
 * @param settings what holds on a stack; left out, the rules' own levels do
 */
export function policyFacts(rule: Rule, settings?: ReadonlyMap<string, RuleSetting>): PolicyFacts {
  const { name, level: defaultLevel, description, reason, source } = rule;
  const schema = settingSchemas(rule);
  const setting = settings?.get(name);
  return {
    name,
    level: setting?.level ?? defaultLevel,
    defaultLevel,
    description,
    reason,
    source,
    ...(schema && { settings: schema }),
    ...(schema && setting && { set: setting.context.settings as Readonly<Record<string, unknown>> }),
  };
}

function settingSchemas({ settings }: Rule): PolicyFacts["settings"] {
  if (settings === undefined) return undefined;
  const { properties } = z.toJSONSchema(settings, { io: "input", unrepresentable: "any" });
  return properties as PolicyFacts["settings"];
}
