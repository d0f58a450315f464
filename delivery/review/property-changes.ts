import { SECRET as SECRET_TYPE } from "../../policies/kinds";
import type { PreviewStep } from "../preview/preview";
import { SECRET } from "../engine/hidden-secrets";
import type { PropertyChange } from "./review";
import { isSecretKey } from "./secret-keys";

/** Every property that differs between what the state has and what the program declares, without a secret. */
export function propertyChanges(step: Pick<PreviewStep, "type" | "before" | "after" | "changed">): PropertyChange[] {
  const { before, after } = step;
  if (before === undefined || after === undefined) return [];
  const found: PropertyChange[] = [];
  compare(before, after, "", step.type === SECRET_TYPE || step.type.endsWith(":SecretPatch"), found);
  if (found.length > 0) return found;
  // What differs is hidden, or is known to the cluster alone.
  return step.changed.map((path) => ({ path }));
}

function compare(before: unknown, after: unknown, path: string, isSecret: boolean, found: PropertyChange[]): void {
  if (before === after) return;
  if (isRecord(before) && isRecord(after)) {
    for (const key of keysOf(before, after)) {
      const [was, is] = [before[key], after[key]];
      if (was === is) continue;
      const inner = isSecret && path === "" && (key === "data" || key === "stringData");
      if (inner) hidden(was, is, key, found);
      else compare(was, is, joinKey(path, key), isSecret, found);
    }
    return;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    compareLists(before, after, path, isSecret, found);
    return;
  }
  const [was, is] = [shown(before, path), shown(after, path)];
  found.push({ path, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) });
}

/** Texts are told as a set, objects that have names by their names, others by their places. */
function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
  isSecret: boolean,
  found: PropertyChange[],
): void {
  const names = [...before, ...after].map((item) => (isRecord(item) ? item["name"] : undefined));
  if (names.every((name) => typeof name === "string")) {
    const byName = (list: readonly unknown[], name: string) =>
      list.find((item) => (item as { name: string }).name === name);
    for (const name of new Set(names)) {
      compare(byName(before, name), byName(after, name), `${path}[${name}]`, isSecret, found);
    }
  } else if (before.length === after.length && before.every(isRecord) && after.every(isRecord)) {
    before.forEach((item, index) => {
      compare(item, after[index], `${path}[${String(index)}]`, isSecret, found);
    });
  } else {
    const [was, is] = [before.map((item) => textOf(item, path)), after.map((item) => textOf(item, path))];
    found.push(...was.filter((text) => !is.includes(text)).map((text) => ({ path: `${path}[]`, before: text })));
    found.push(...is.filter((text) => !was.includes(text)).map((text) => ({ path: `${path}[]`, after: text })));
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

function shown(value: unknown, path: string): string | undefined {
  return value === undefined ? undefined : textOf(value, path);
}

function textOf(value: unknown, path: string): string {
  if (isSecretKey(lastKey(path))) return SECRET;
  return typeof value === "string" ? value : JSON.stringify(value, hiddenByKey);
}

function lastKey(path: string): string {
  const end = path.endsWith('"]') ? path.length - 2 : path.length;
  return path.slice(Math.max(path.lastIndexOf(".", end), path.lastIndexOf('"', end - 1)) + 1, end).replace(/\[.*$/, "");
}

function hiddenByKey(key: string, value: unknown): unknown {
  return isSecretKey(key) && typeof value === "string" ? SECRET : value;
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
