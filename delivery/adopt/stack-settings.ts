import { UserError } from "../../model/problem";
import type { StackConfig } from "../../model/schema/stack";
import { readStack, stackNames } from "../../model/stack-file";
import { selectedStack } from "../doctor/selected-stack";
import type { AdoptFlags } from "./usage";

/** What adoption needs of a stack. */
export interface StackSettings {
  /** Absent where files are adopted for no stack in particular. */
  readonly stack?: string;
  readonly config: StackConfig;
  /** `--environment`, else the stack's. */
  readonly environment?: string;
  /** The environments that the stacks of the folder are. */
  readonly environments: readonly string[];
}

/**
 * Reads the stack that is named or, for a cluster, selected. Files can be adopted without one.
 * @throws UserError when its config is not valid
 */
export function readStackOf(root: string, flags: AdoptFlags, env: NodeJS.ProcessEnv): StackSettings {
  const { fromCluster, takeOver, importFile } = flags;
  const needsOne = [flags.stack, fromCluster, takeOver, importFile].some((flag) => flag !== undefined);
  const environments = stackNames(root).map((name) => readStack({ root, stack: name }).config?.environment ?? name);
  const said = flags.environment === undefined ? {} : { environment: flags.environment };
  if (!needsOne) return { config: {}, environments, ...said };
  const stack = flags.stack ?? selectedStack(root, env);
  const { config, report } = readStack({ root, stack });
  if (config === undefined || report.hasErrors) throw new UserError(report.problems);
  return {
    stack,
    config,
    environments,
    environment: flags.environment ?? config.environment ?? stack,
  };
}
