import { Command } from "commander";
import { resolve } from "node:path";
import { UserError } from "../model/problem";
import { suggestionOr } from "../model/suggest";
import { rules } from "../policies/index";
import { stackSettings } from "../policies/stack-settings";
import { rootOption } from "./common-options";
import { explain } from "./policies/explain";
import { policyFacts } from "./policies/facts";
import type { PolicyFacts } from "./policies/facts";
import { formatTable } from "./table";

interface PoliciesFlags {
  readonly stack?: string;
  readonly json?: true;
  readonly root: string;
}

/** `factory policies`: what the policy pack holds, and what a stack makes of it. */
export function policiesCommand(): Command {
  return new Command("policies")
    .description("lists the rules of the policy pack, or explains one of them")
    .argument("[rule]", "the rule to explain; all rules as a table when left out")
    .option("-s, --stack <name>", "the levels and settings of this stack; the rules' own when left out")
    .option("--json", "prints an array, or with a rule an object, as JSON")
    .addOption(rootOption())
    .addHelpText("after", help)
    .action(run);
}

const help = `
The rules are looked at by the engine when it is given the pack:
  pulumi preview --policy-pack policies

Examples:
  $ npx factory policies
  $ npx factory policies --stack prod
  $ npx factory policies appproject-source-repos
  $ npx factory policies --json | jq '.[] | select(.level == "mandatory").name'

Exit codes:
  0  done
  1  no such rule or stack, or the stack's policies are not valid`;

function run(name: string | undefined, { stack, json, root }: PoliciesFlags): void {
  const chosen = name === undefined ? rules : rules.filter((rule) => rule.name === name);
  if (name !== undefined && chosen.length === 0) throw noSuchRule(name);
  const settings = stack === undefined ? undefined : stackSettings({ root: resolve(root), stack }, rules);
  const all = chosen.map((rule) => policyFacts(rule, settings));
  const [one] = all;
  if (json === true) print(JSON.stringify(name === undefined ? all : one, null, 2));
  else if (name !== undefined && one !== undefined) print(explain(one, stack).trimEnd());
  else print(tableOf(all, stack));
}

/** A line for each rule; for a stack, what it sets itself is marked. */
function tableOf(all: readonly PolicyFacts[], stack: string | undefined): string {
  const rows = all.map(({ name, level, defaultLevel, description }) => [
    name,
    stack !== undefined && level !== defaultLevel ? `${level} (set)` : level,
    description,
  ]);
  return formatTable(["RULE", "LEVEL", "WHAT IT DEMANDS"], rows).join("\n");
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function noSuchRule(name: string): UserError {
  const known = rules.map((rule) => rule.name);
  return new UserError([
    {
      severity: "error",
      file: "factory policies",
      path: "",
      message: `the policy pack has no rule "${name}"`,
      value: name,
      allowed: "the rules that `npx factory policies` lists",
      fix: suggestionOr(name, known, "choose one of them"),
    },
  ]);
}
