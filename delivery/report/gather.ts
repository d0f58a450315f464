import { formatFact, UserError, type Problem } from "../../model/problem";
import { rules } from "../../policies/index";
import { settingsOfStack } from "../../policies/stack-settings";
import { graphOf } from "../graph/graph";
import type { StatusEntry } from "../status/entry";
import { allStacks, loadStacks, type LoadedStack } from "../stacks";
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
export function gatherStacks(root: string, wanted: readonly string[] = allStacks(root)): Gathered {
  const stacks = loadStacks(root, wanted).map((one) => ({ ...one, policies: policyLevels(one) }));
  return { stacks: inOrder(stacks) };
}

/** In the order in which a change passes their environments, as in the picture. */
function inOrder(stacks: readonly StackSource[]): readonly StackSource[] {
  return graphOf(stacks).stacks.flatMap(({ stack }) => stacks.filter((one) => one.stack === stack));
}

/** What holds for each rule of the policy pack on a stack. */
function policyLevels({ stack, stackFile }: LoadedStack): Readonly<Record<string, string>> {
  const settings = settingsOfStack(stack, stackFile, rules);
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
        const problems = error.problems.map((problem): Problem => {
          const fact = { message: formatFact(problem), fix: problem.fix };
          return { severity: "warning", file: `stack ${source.stack}`, path: "", ...fact };
        });
        return { source: { ...source, unasked: problems[0]?.message ?? "" }, entries: [], problems };
      }
    }),
  );
  return {
    stacks: answers.map(({ source }) => source),
    states: answers.flatMap(({ entries }) => entries),
    problems: answers.flatMap(({ problems }) => problems),
  };
}
