import type { Problem } from "../model/problem";
import { UserError } from "../model/problem";
import { Report } from "../model/report";
import type { StackConfig } from "../model/schema/stack";
import { readStack } from "../model/stack-file";
import type { Stack, StackSource } from "../model/stack-file";
import type { Rule } from "./rule";
import { readSettings } from "./settings";
import type { RuleSetting } from "./settings";

/** What holds for each rule, by its name. */
export type StackSettings = ReadonlyMap<string, RuleSetting>;

/**
 * What holds for each rule on a stack.
 * @throws UserError when there is no such stack, or its config is not valid
 */
export function stackSettings(source: StackSource, rules: readonly Rule[]): StackSettings {
  return settingsOfStack(source.stack, readStack(source), rules);
}

/** As `stackSettings`, of a config that has been read. */
export function settingsOfStack(stack: string, { report, config }: Stack, rules: readonly Rule[]): StackSettings {
  const settings = settingsOf(stack, config, rules, report);
  if (report.hasErrors) throw new UserError(report.problems);
  return settings;
}

/** What is wrong with what a stack sets for the rules; nothing where its config as a whole is not valid. */
export function policyProblems(source: StackSource, rules: readonly Rule[]): readonly Problem[] {
  const { report, config } = readStack(source);
  if (config === undefined) return [];
  const before = report.problems.length;
  settingsOf(source.stack, config, rules, report);
  return report.problems.slice(before);
}

/**
 * What holds for each rule on the stack that the engine tells to a pack's process: `PULUMI_STACK` is its name,
 * `PULUMI_CONFIG` its config, with lists and maps as JSON in their turn (NewPolicyAnalyzer of the engine). The rules have
 * their own levels where the engine only asks what the pack holds, and where the config is not valid, as the program
 * will say.
 * @param root the folder that holds Pulumi.yaml
 * @throws UserError when what the stack sets for the rules is wrong
 */
export function engineSettings(root: string, env: NodeJS.ProcessEnv, rules: readonly Rule[]): StackSettings {
  const { PULUMI_STACK: stack = "", PULUMI_CONFIG: json = "{}" } = env;
  const source = { root, stack, config: JSON.parse(json) as Readonly<Record<string, string>> };
  const problems = policyProblems(source, rules);
  if (problems.length > 0) throw new UserError(problems);
  return settingsOf(stack, readStack(source).config, rules, new Report(""));
}

function settingsOf(stack: string, config: StackConfig | undefined, rules: readonly Rule[], report: Report) {
  const about = {
    environment: config?.environment ?? stack,
    leavesWorkloads: ["orphan", "retain"].includes(config?.deletion?.workloads ?? ""),
  };
  return readSettings(config?.policies, rules, about, report);
}
