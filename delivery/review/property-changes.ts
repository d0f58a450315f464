import { SECRET as SECRET_TYPE } from "../../policies/kinds";
import type { PreviewStep } from "../preview/preview";
import { SECRET } from "../engine/hidden-secrets";
import type { PropertyChange } from "./review";
import { isSecretIn } from "./secret-keys";

/** Every property that differs between what the state has and what the program declares, without a secret. */
export function propertyChanges(step: Pick<PreviewStep, "type" | "before" | "after" | "changed">): PropertyChange[] {
  const { before, after } = step;
  if (before === undefined || after === undefined) return [];
  const found: PropertyChange[] = [];
  const isSecret = step.type === SECRET_TYPE || step.type.endsWith(":SecretPatch");
  compare(before, after, { path: "", key: "", isSecret: false }, isSecret ? DATA : NO_DATA, found);
  if (found.length > 0) return found;
  // What differs is hidden, or is known to the cluster alone.
  return step.changed.map((path) => ({ path }));
}

/** Where a value stands. */
interface Place {
  readonly path: string;
  /** The last key of the path. */
  readonly key: string;
  /** Whether the keys say that it is a secret. */
  readonly isSecret: boolean;
}

/** What of an object is secret as a whole. */
const DATA: ReadonlySet<string> = new Set(["data", "stringData"]);
const NO_DATA: ReadonlySet<string> = new Set();

function compare(
  before: unknown,
  after: unknown,
  place: Place,
  data: ReadonlySet<string>,
  found: PropertyChange[],
): void {
  if (before === after) return;
  if (isRecord(before) && isRecord(after)) {
    for (const key of keysOf(before, after)) {
      const [was, is] = [before[key], after[key]];
      if (was === is) continue;
      if (data.has(key)) hidden(was, is, key, found);
      else {
        const isSecret = isSecretIn(before, key, place.key) || isSecretIn(after, key, place.key);
        compare(was, is, { path: joinKey(place.path, key), key, isSecret }, NO_DATA, found);
      }
    }
    return;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    compareLists(before, after, place, found);
    return;
  }
  const [was, is] = [shown(before, place), shown(after, place)];
  found.push({ path: place.path, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) });
}

/** Texts are told as a set, objects that have names by their names, others by their places. */
function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  place: Place,
  found: PropertyChange[],
): void {
  const names = [...before, ...after].map((item) => (isRecord(item) ? item["name"] : undefined));
  const at = (item: string): Place => ({ ...place, path: `${place.path}[${item}]` });
  if (names.every((name) => typeof name === "string")) {
    const byName = (list: readonly unknown[], name: string) =>
      list.find((item) => (item as { name: string }).name === name);
    for (const name of new Set(names)) compare(byName(before, name), byName(after, name), at(name), NO_DATA, found);
  } else if (before.length === after.length && before.every(isRecord) && after.every(isRecord)) {
    before.forEach((item, index) => {
      compare(item, after[index], at(String(index)), NO_DATA, found);
    });
  } else {
    const { path } = at("");
    const [was, is] = [before.map((item) => textOf(item, place)), after.map((item) => textOf(item, place))];
    found.push(...was.filter((text) => !is.includes(text)).map((text) => ({ path, before: text })));
    found.push(...is.filter((text) => !was.includes(text)).map((text) => ({ path, after: text })));
  }
}

/** The keys of a Secret's data that differ; of what was a secret as a whole, that it does. */
function hidden(before: unknown, after: unknown, path: string, found: PropertyChange[]): void {
  if (!isRecord(before) || !isRecord(after)) {
    if (before !== after) found.push({ path, ...masks(before, after) });
    return;
  }
  for (const key of keysOf(before, after)) {
    if (before[key] === after[key]) continue;
    found.push({ path: joinKey(path, key), ...masks(before[key], after[key]) });
  }
}

function masks(before: unknown, after: unknown): Pick<PropertyChange, "before" | "after"> {
  return { ...(before !== undefined && { before: SECRET }), ...(after !== undefined && { after: SECRET }) };
}

function shown(value: unknown, place: Place): string | undefined {
  return value === undefined ? undefined : textOf(value, place);
}

function textOf(value: unknown, { key, isSecret }: Place): string {
  if (isSecret && typeof value !== "boolean") return SECRET;
  return typeof value === "string" ? value : JSON.stringify(withoutSecrets(value, key));
}

/** A copy in which what keys call a secret reads `[secret]`. */
function withoutSecrets(value: unknown, at: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, at));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => {
    const isHidden = isSecretIn(value, key, at) && typeof item !== "boolean" && !isRecord(item);
    return [key, isHidden ? SECRET : withoutSecrets(item, key)] as const;
  });
  return Object.fromEntries(entries);
}

/** As Pulumi writes paths: `spec.hard["limits.cpu"]`. */
function joinKey(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}

/** The keys of both, each once; mostly they are the same. */
function keysOf(before: object, after: object): string[] {
  return [...Object.keys(before), ...Object.keys(after).filter((key) => !Object.hasOwn(before, key))];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
