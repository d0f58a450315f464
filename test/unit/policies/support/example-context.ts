import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { Report } from "../../../../model/report";
import { CONFIG_NAMESPACE } from "../../../../model/schema/stack";
import { rules } from "../../../../policies";
import type { Rule } from "../../../../policies/rule";
import { readSettings } from "../../../../policies/settings";
import type { RuleSetting } from "../../../../policies/settings";
import type { ExampleStack } from "./platform";

const settings = new Map<ExampleStack, ReadonlyMap<string, RuleSetting>>();

/** What holds for a rule on an example stack, by the stack's config. */
export function exampleContext(rule: Rule, stack: ExampleStack): RuleSetting {
  const all = settings.get(stack) ?? read(stack);
  settings.set(stack, all);
  const setting = all.get(rule.name);
  if (setting === undefined) throw new Error(`policies/index.ts does not list the rule ${rule.name}`);
  return setting;
}

function read(stack: ExampleStack): ReadonlyMap<string, RuleSetting> {
  const file = `Pulumi.${stack}.yaml`;
  const { config } = parse(readFileSync(join(__dirname, "..", "..", "..", "..", file), "utf8")) as {
    config: Record<string, unknown>;
  };
  const report = new Report(file);
  const all = readSettings(config[`${CONFIG_NAMESPACE}:policies`], rules, stack, report);
  if (report.hasErrors) throw new Error(JSON.stringify(report.problems));
  return all;
}
