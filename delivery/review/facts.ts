import { say, plain, type Phrase } from "./phrase";

/** One thing that a team knows of its project, taken from an object's inputs. */
export interface Fact {
  /** What it is: say`quota cpu`. Facts of the same label are compared. */
  readonly label: Phrase;
  /** One value, or several in any order. */
  readonly value: string | readonly string[];
  /** Whether it is told of only when it changes, and not for what is new or goes. @default false */
  readonly isDetail?: boolean;
}

export function fact(label: Phrase, value: string | readonly string[] | undefined): Fact[] {
  return isAbsent(value) ? [] : [{ label, value }];
}

export function detail(label: Phrase, value: string | readonly string[] | undefined): Fact[] {
  return isAbsent(value) ? [] : [{ label, value, isDetail: true }];
}

function isAbsent(value: string | readonly string[] | undefined): value is undefined {
  return value === undefined || value.length === 0;
}

/** How facts differ, in words. Without facts before, it is new, and without facts after, it goes. */
export function factChanges(before: readonly Fact[] | undefined, after: readonly Fact[] | undefined): Phrase[] {
  const isUpdate = before !== undefined && after !== undefined;
  const old = byLabel(before);
  const now = byLabel(after);
  const found: Phrase[] = [];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(key), now.get(key)];
    const { label, isDetail } = (is ?? was) as Fact;
    if (was?.value === is?.value || (isDetail === true && !isUpdate)) continue;
    found.push(...difference(label, was?.value, is?.value));
  }
  return found;
}

function byLabel(facts: readonly Fact[] = []): Map<string, Fact> {
  const found = new Map<string, Fact>();
  for (const one of facts) found.set(plain(one.label), one);
  return found;
}

function difference(label: Phrase, was: Fact["value"] | undefined, is: Fact["value"] | undefined): Phrase[] {
  if (typeof was === "string" && typeof is === "string") {
    return was === is ? [] : [say`${label} ${was} → ${is}`];
  }
  const [old, now] = [listOf(was), listOf(is)];
  const gone = old.filter((value) => !now.includes(value));
  const come = now.filter((value) => !old.includes(value));
  return [...come.map((value) => say`${label} ${value}`), ...gone.map((value) => say`no longer ${label} ${value}`)];
}

function listOf(value: Fact["value"] | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}
