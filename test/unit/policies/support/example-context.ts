import { join } from "node:path";
import { rules } from "../../../../policies/index";
import type { Rule } from "../../../../policies/rule";
import type { RuleSetting } from "../../../../policies/settings";
import { stackSettings } from "../../../../policies/stack-settings";
import type { ExampleStack } from "./platform";

const root = join(__dirname, "..", "..", "..", "..");

const settings = new Map<ExampleStack, ReadonlyMap<string, RuleSetting>>();

/** What holds for a rule on an example stack, by the stack's config. */
export function exampleContext(rule: Rule, stack: ExampleStack): RuleSetting {
  const all = settings.get(stack) ?? stackSettings({ root, stack }, rules);
  settings.set(stack, all);
  const setting = all.get(rule.name);
  if (setting === undefined) throw new Error(`policies/index.ts does not list the rule ${rule.name}`);
  return setting;
}
