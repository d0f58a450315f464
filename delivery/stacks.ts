import { loadPlatform, type LoadedPlatform } from "../model/load";
import { UserError, type Problem } from "../model/problem";
import { stackNames } from "../model/stack-file";

/** A stack and what its files declare. */
export interface LoadedStack extends Pick<LoadedPlatform, "platform" | "stackFile"> {
  readonly stack: string;
}

/**
 * The stacks of a folder, for commands that look at all of them.
 *
 * @throws UserError when there is none: a folder without a stack has nothing to look at, which is no success
 */
export function allStacks(root: string): readonly string[] {
  const stacks = stackNames(root);
  if (stacks.length > 0) return stacks;
  throw new UserError([
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

/**
 * Loads stacks; one that is named twice is loaded once.
 *
 * @throws UserError with the errors of all of them; what is wrong with the catalogue, every stack finds, and it is told
 * once
 */
export function loadStacks(root: string, stacks: readonly string[]): readonly LoadedStack[] {
  const problems = new Map<string, Problem>();
  const loaded = [...new Set(stacks)].flatMap((stack): LoadedStack[] => {
    try {
      const { platform, stackFile } = loadPlatform({ root, stack });
      return [{ stack, platform, stackFile }];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const errors = error.problems.filter(({ severity }) => severity === "error");
      for (const problem of errors) problems.set(JSON.stringify(problem), problem);
      return [];
    }
  });
  if (problems.size > 0) throw new UserError([...problems.values()]);
  return loaded;
}
