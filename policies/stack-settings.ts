import { UserError } from "../model/problem";
import { Report } from "../model/report";
import { readStack } from "../model/stack-file";
import type { StackSource } from "../model/stack-file";
import type { Rule } from "./rule";
import { readSettings } from "./settings";
import type { RuleSetting } from "./settings";

/**
 * What holds for each rule on a stack, by its name; without a stack, what the rules say themselves.
 * @throws UserError with all that is wrong at `gitops-factory:policies`. Where the rest of the config is wrong, the
 * program and `factory validate` say so; the rules then have their own levels.
 */
export function stackSettings(
  source: StackSource | undefined,
  rules: readonly Rule[],
): ReadonlyMap<string, RuleSetting> {
  if (source === undefined) return readSettings(undefined, rules, { environment: "" }, new Report(""));
  const { report, config } = readStack(source);
  const stack = {
    environment: config?.environment ?? source.stack,
    leavesWorkloads: ["orphan", "retain"].includes(config?.deletion?.workloads ?? ""),
  };
  const settings = readSettings(config?.policies, rules, stack, report);
  if (config !== undefined && report.hasErrors) throw new UserError(report.problems);
  return settings;
}

/**
 * The stack as the engine tells it to a pack's process: `PULUMI_STACK` is its name, `PULUMI_CONFIG` its config,
 * with lists and maps as JSON in their turn (NewPolicyAnalyzer of the engine). Undefined where the engine only asks what
 * the pack holds.
 */
export function stackOfEngine(root: string, env: NodeJS.ProcessEnv): StackSource | undefined {
  const { PULUMI_STACK: stack, PULUMI_CONFIG: config } = env;
  if (stack === undefined || config === undefined) return undefined;
  return { root, stack, config: JSON.parse(config) as Readonly<Record<string, string>> };
}
