import type { z } from "zod";
import { suggest } from "./suggest";

type Issue = z.core.$ZodIssue;
type UnknownKind = Extract<Issue, { code: "invalid_union" }> & { readonly options: readonly unknown[] };

/**
 * All issues of a value, also of those parts whose kind is unknown. There zod stops, since the kind decides what the
 * rest may be; a second look with the kind that was most likely meant tells the rest in the same run.
 * @param value plain data, as YAML gives it
 */
export function issuesOf(schema: z.ZodType, value: unknown): Issue[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  const unknown = issues.filter(isUnknownKind);
  if (unknown.length === 0) return issues;
  const guessed = structuredClone(value);
  for (const issue of unknown) write(guessed, issue.path, guess(issue, value));
  const again = schema.safeParse(guessed).error?.issues ?? [];
  return [...issues, ...again.filter((issue) => unknown.some((one) => concerns(issue, one, value)))];
}

function isUnknownKind(issue: Issue): issue is UnknownKind {
  return issue.code === "invalid_union" && "options" in issue && Array.isArray(issue.options);
}

/** What the user most likely meant, else the first kind there is. */
function guess(issue: UnknownKind, value: unknown): unknown {
  return meant(issue, value) ?? issue.options[0];
}

function meant(issue: UnknownKind, value: unknown): string | undefined {
  const word = read(value, issue.path);
  return typeof word === "string" ? suggest(word, issue.options.map(String)) : undefined;
}

/** Whether an issue lies beside an unknown kind. What keys there may be is only known when the kind is. */
function concerns(issue: Issue, unknown: UnknownKind, value: unknown): boolean {
  const parent = unknown.path.slice(0, -1);
  if (!parent.every((step, index) => issue.path[index] === step)) return false;
  return issue.code !== "unrecognized_keys" || meant(unknown, value) !== undefined;
}

type Keyed = Record<PropertyKey, unknown>;

function read(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, step) => (at as Keyed | undefined)?.[step], value);
}

function write(value: unknown, path: readonly PropertyKey[], to: unknown): void {
  const key = path.at(-1);
  if (key !== undefined) (read(value, path.slice(0, -1)) as Keyed)[key] = to;
}
