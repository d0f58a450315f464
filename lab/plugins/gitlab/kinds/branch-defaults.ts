import { levelName, levelNumber } from "../levels";

interface Levels {
  readonly accessLevel: number;
}

/** A group's `defaultBranchProtectionDefaults` for GitLab: names of levels become `{ access_level: 40 }`. */
export function branchDefaultsBody(value: unknown): object | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { allowedToPushes, allowedToMerges, ...rest } = value as Record<string, unknown>;
  return { ...rest, allowedToPush: numbers(allowedToPushes), allowedToMerge: numbers(allowedToMerges) };
}

/** The same as GitLab tells it. */
export function branchDefaultsTold(value: unknown): object | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { allowedToPush, allowedToMerge, ...rest } = value as Record<string, unknown>;
  return { ...rest, allowedToPushes: names(allowedToPush), allowedToMerges: names(allowedToMerge) };
}

function numbers(levels: unknown): Levels[] | undefined {
  return Array.isArray(levels) ? levels.map((name) => ({ accessLevel: levelNumber(String(name)) })) : undefined;
}

function names(levels: unknown): string[] {
  return Array.isArray(levels) ? levels.map((level) => levelName((level as Levels).accessLevel)) : [];
}
