import { loadPlatform } from "../../model/load";
import { UserError, type Problem } from "../../model/problem";
import { stackNames } from "../../model/stack-file";
import { rules } from "../../policies/index";
import { stackSettings } from "../../policies/stack-settings";
import { graphOf } from "../graph/graph";
import type { StatusEntry } from "../status/entry";
import { statusOfStack } from "../status/sources";
import type { StackSource } from "./facts";

/** What a page is made of. */
export interface Gathered {
  readonly stacks: readonly StackSource[];
  /** Absent where nobody was asked. */
  readonly states?: readonly StatusEntry[];
}

/**
 * Reads the stacks' files.
 *
 * @param wanted all stacks where it is left out
 * @throws UserError with the problems of all of them, each once
 */
export function loadStacks(root: string, wanted: readonly string[] = stackNames(root)): Gathered {
  if (wanted.length === 0) throw noStack(root);
  const problems = new Map<string, Problem>();
  const stacks: StackSource[] = [];
  for (const stack of new Set(wanted)) {
    try {
      const { platform } = loadPlatform({ root, stack });
      stacks.push({ stack, platform, policies: policyLevels(root, stack) });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      for (const problem of error.problems) problems.set(JSON.stringify(problem), problem);
    }
  }
  if (problems.size > 0) throw new UserError([...problems.values()]);
  return { stacks: inOrder(stacks) };
}

/** In the order in which a change passes their environments, as in the picture. */
function inOrder(stacks: readonly StackSource[]): readonly StackSource[] {
  return graphOf(stacks).stacks.flatMap(({ stack }) => stacks.filter((one) => one.stack === stack));
}

/** What holds for each rule of the policy pack on a stack. */
function policyLevels(root: string, stack: string): Readonly<Record<string, string>> {
  const settings = stackSettings({ root, stack }, rules);
  return Object.fromEntries([...settings].map(([rule, { level }]) => [rule, level]));
}

export interface AskOptions {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Asks the cluster of each stack; one that cannot be asked is a warning, and the page is made of the others. */
export async function askClusters(
  stacks: readonly StackSource[],
  options: AskOptions,
): Promise<Required<Gathered> & { readonly problems: readonly Problem[] }> {
  const answers = await Promise.all(
    stacks.map(async (source) => {
      try {
        return { source, entries: await statusOfStack({ ...options, stack: source.stack }, {}), problems: [] };
      } catch (error) {
        options.signal.throwIfAborted();
        if (!(error instanceof UserError)) throw error;
        const [first] = error.problems;
        const problems = error.problems.map((problem) => ({ ...problem, severity: "warning" as const }));
        return { source: { ...source, unasked: first?.message ?? "" }, entries: [], problems };
      }
    }),
  );
  return {
    stacks: answers.map(({ source }) => source),
    states: answers.flatMap(({ entries }) => entries),
    problems: answers.flatMap(({ problems }) => problems),
  };
}

function noStack(root: string): UserError {
  return new UserError([
    {
      severity: "error",
      file: root,
      path: "",
      message: "the folder holds no config of a stack",
      allowed: "Pulumi.<stack>.yaml",
      fix: "name the project's folder with --root",
    },
  ]);
}
