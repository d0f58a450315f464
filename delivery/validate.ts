import { Command } from "commander";
import { resolve } from "node:path";
import { loadPlatform } from "../model/load";
import type { Platform } from "../model/platform";
import { plural } from "../model/plural";
import { UserError } from "../model/problem";
import type { Problem } from "../model/problem";
import { rules } from "../policies/index";
import { policyProblems } from "../policies/stack-settings";
import { gathered, rootOption } from "./common-options";
import { ExitCode } from "./exit-code";
import { allStacks } from "./stacks";
import { tellProblems } from "./tell-problems";

/** What is known of one stack after its validation. */
export interface StackVerdict {
  readonly stack: string;
  readonly valid: boolean;
  readonly errors: number;
  readonly warnings: number;
  /** Absent when the stack is not valid. */
  readonly projects?: number;
  readonly applications?: number;
}

export interface Validation {
  readonly valid: boolean;
  readonly stacks: readonly StackVerdict[];
  /** The problems of all stacks; one that several stacks share is told once. */
  readonly problems: readonly Problem[];
}

/** Checks the catalogue and the config of stacks, from files alone. */
export function validate(root: string, stacks: readonly string[]): Validation {
  const outcomes = stacks.map((stack) => validateStack(root, stack));
  const distinct = new Map(outcomes.flatMap(({ problems }) => problems).map((item) => [JSON.stringify(item), item]));
  const verdicts = outcomes.map(({ verdict }) => verdict);
  return { valid: verdicts.every(({ valid }) => valid), stacks: verdicts, problems: [...distinct.values()] };
}

function validateStack(root: string, stack: string): { verdict: StackVerdict; problems: readonly Problem[] } {
  const policies = policyProblems({ root, stack }, rules);
  try {
    const { platform, warnings } = loadPlatform({ root, stack });
    const problems = [...warnings, ...policies];
    const size = policies.length === 0 ? sizeOf(platform) : {};
    return { verdict: { stack, valid: policies.length === 0, ...weigh(problems), ...size }, problems };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const problems = [...error.problems, ...policies];
    return { verdict: { stack, valid: false, ...weigh(problems) }, problems };
  }
}

function weigh(problems: readonly Problem[]): { errors: number; warnings: number } {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return { errors, warnings: problems.length - errors };
}

function sizeOf({ projects }: Platform): { projects: number; applications: number } {
  return { projects: projects.length, applications: projects.flatMap(({ repositories }) => repositories).length };
}

/** `dev: 3 projects, 4 Applications, no problem` */
function summary({ stack, valid, errors, warnings, projects = 0, applications = 0 }: StackVerdict): string {
  const size = valid ? [plural(projects, "project"), plural(applications, "Application")] : ["not valid"];
  const problems = [
    ...(errors > 0 ? [plural(errors, "error")] : []),
    ...(warnings > 0 ? [plural(warnings, "warning")] : []),
  ];
  return `${stack}: ${[...size, ...(problems.length > 0 ? problems : ["no problem"])].join(", ")}`;
}

function print(validation: Validation): void {
  for (const verdict of validation.stacks) process.stdout.write(`${summary(verdict)}\n`);
}

/** `factory validate` */
export function validateCommand(): Command {
  return new Command("validate")
    .description("checks the catalogue and the config of the stacks, from files alone")
    .option("-s, --stack <name>", "this stack; repeatable; all stacks when left out", gathered)
    .option("--json", "prints the result as JSON on standard output")
    .addOption(rootOption())
    .addHelpText(
      "after",
      `
Examples:
  $ npx factory validate
  $ npx factory validate --stack prod
  $ npx factory validate --json | jq '.problems[].file'

Problems go to standard error, one line a stack to standard output.

Exit codes: 0 all stacks are valid, warnings or not; 1 a stack is not; 2 the
command was called wrongly.`,
    )
    .action((options: { stack?: readonly string[]; json?: boolean; root: string }) => {
      const root = resolve(options.root);
      const validation = validate(root, [...new Set(options.stack ?? allStacks(root))]);
      tellProblems(validation.problems);
      if (options.json === true) process.stdout.write(`${JSON.stringify({ format: 1, ...validation }, null, 2)}\n`);
      else print(validation);
      if (!validation.valid) process.exitCode = ExitCode.UserMistake;
    });
}
