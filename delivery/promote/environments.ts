import { environmentsBefore, type OrderedEnvironment } from "../../model/environment-order";
import { readCatalogue, type CatalogueEntry } from "../../model/catalogue";
import { loadPlatform } from "../../model/load";
import type { Platform } from "../../model/platform";
import { UserError, type Problem } from "../../model/problem";
import type { ProjectFile } from "../../model/schema/project";
import type { StackConfig } from "../../model/schema/stack";
import { readStack, stackNames } from "../../model/stack-file";
import { suggestionOr } from "../../model/suggest";

/** An environment, and the stack that is it. */
export interface Environment extends OrderedEnvironment {
  readonly stack: string;
  readonly config: StackConfig;
}

/** The environments of the stacks that have a valid config. */
export function environmentsOf(root: string): readonly Environment[] {
  return stackNames(root).flatMap((stack) => {
    const { config } = readStack({ root, stack });
    if (config === undefined) return [];
    return [{ stack, config, environment: config.environment ?? stack, from: config.promotion?.from }];
  });
}

/**
 * The environment of this name, else the stack of this name.
 *
 * @param place what the user wrote it after: `--from`
 * @throws UserError when there is none
 */
export function findEnvironment(
  name: string,
  all: readonly Environment[],
  { root, command, place }: { readonly root: string; readonly command: string; readonly place: string },
): Environment {
  const [found, ...others] = all.filter(({ environment }) => environment === name);
  const stack = all.find((one) => one.stack === name);
  const one = others.length > 0 ? stack : (found ?? stack);
  if (one !== undefined) return one;
  // A stack of this name may be there, and be no valid one: then its own problems are what helps.
  if (stackNames(root).includes(name)) loadPlatform({ root, stack: name });
  const problem = { severity: "error", file: command, path: place, value: name } as const;
  if (found !== undefined) {
    const stacks = [found, ...others].map((each) => each.stack);
    const message = "several stacks are this environment";
    throw new UserError([{ ...problem, message, allowed: stacks.join(", "), fix: "name the stack that is meant" }]);
  }
  const known = all.map(({ environment }) => environment);
  throw new UserError([
    {
      ...problem,
      message: "no stack is this environment",
      allowed: known.length === 0 ? "none: the folder holds no valid config of a stack" : known.join(", "),
      fix:
        known.length === 0 ? "name the project's folder with --root" : suggestionOr(name, known, "name one of these"),
    },
  ]);
}

/** An environment with all that its files say. */
export interface LoadedEnvironment extends Environment {
  readonly platform: Platform;
}

/** @throws UserError with the problems of the stack's config and of the catalogue */
export function loadEnvironment(root: string, environment: Environment): LoadedEnvironment {
  return { ...environment, platform: loadPlatform({ root, stack: environment.stack }).platform };
}

/** The projects of the catalogue as their files have them, by the file. */
export function projectFiles(root: string, { config }: Environment): ReadonlyMap<string, ProjectFile> {
  const { entries } = readCatalogue(root, config.catalog ?? "catalog");
  const withProject = (entry: CatalogueEntry) =>
    entry.project === undefined ? [] : [[entry.report.file, entry.project] as const];
  return new Map(entries.flatMap(withProject));
}

/** From one environment to another. */
export interface Step {
  readonly from: string;
  readonly to: string;
  /** The stack that `to` is. */
  readonly stack: string;
  readonly all: readonly Environment[];
}

/**
 * What is wrong with a step from one environment to another: it leads back, or leaves one out that the project has.
 *
 * @param has the environments of the project
 */
export function stepProblem(
  { from, to, stack, all }: Step,
  has: readonly string[],
  place: Pick<Problem, "file" | "path">,
): Problem | undefined {
  const problem = { severity: "error", ...place, value: `${from} → ${to}` } as const;
  const before = environmentsBefore(to, all).filter((one) => has.includes(one));
  const [expected] = before;
  if (expected === from) return undefined;
  const order = "the order is the common one of names, or gitops-factory:promotion.from of each stack";
  if (expected === undefined) {
    return {
      ...problem,
      message: `nothing is promoted to ${to}: no environment comes before it`,
      allowed: order,
      fix: environmentsBefore(from, all).includes(to)
        ? `write --from ${to} --to ${from}; to go back, factory promote --to ${to} --to-previous`
        : `to have it so: pulumi config set gitops-factory:promotion.from ${from} --path --stack ${stack}`,
    };
  }
  if (before.includes(from)) {
    return {
      ...problem,
      message: `this leaves out ${expected}, which comes before ${to}`,
      allowed: `${expected} → ${to}`,
      fix: `promote to ${expected} first, and from there once it is Healthy`,
    };
  }
  return {
    ...problem,
    message: `${from} does not come before ${to}`,
    allowed: `${expected} → ${to}; ${order}`,
    fix: `write --from ${expected}; to go back, factory promote --to ${to} --to-previous`,
  };
}
