import { environmentHash } from "../../model/naming";
import { formatPath, type Path } from "../../model/report";
import { SecretText } from "../../model/secret";
import { withoutEnvironment } from "../promote/environment-word";

/** Settings as texts: each leaf is what one would say of it. */
export type Tree = string | { readonly [key: string]: Tree };

/** One place where two trees differ. */
export interface TreeDifference {
  readonly place: string;
  /** Absent where that side says nothing. */
  readonly left?: string;
  readonly right?: string;
}

/**
 * Settings as a tree. A list of things with names is a map of them, so that the same one has the same place on both sides;
 * any other list is one text. Secrets are `[secret]`, and names of the environment `<env>`.
 */
export function treeOf(value: unknown, environment: string): Tree | undefined {
  if (value === undefined || value === null) return undefined;
  if (value instanceof SecretText || typeof value !== "object") return withoutNames(String(value), environment);
  if (!Array.isArray(value)) return branch(Object.entries(value), environment);
  const items = value as readonly unknown[];
  const labels = items.map(labelOf);
  const isNamed = labels.every((label) => label !== undefined) && new Set(labels).size === labels.length;
  if (items.length > 0 && isNamed) {
    return branch(
      items.map((item, index) => [labels[index] ?? "", withoutLabel(item as object, labels[index])]),
      environment,
    );
  }
  const texts = items.map((item) => said(treeOf(item, environment)));
  return texts.length === 0 ? undefined : texts.join(items.every((item) => typeof item !== "object") ? ", " : "; ");
}

function branch(entries: readonly (readonly [string, unknown])[], environment: string): Tree | undefined {
  const kept = entries.flatMap(([key, inner]) => {
    const tree = treeOf(inner, environment);
    return tree === undefined ? [] : [[withoutNames(key, environment), tree] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** What differs by the environment's name, or by the hash that stands for it in names, is no difference. */
function withoutNames(text: string, environment: string): string {
  return withoutEnvironment(withoutEnvironment(text, environment), environmentHash(environment), "<hash>");
}

/** By what people tell the items of a list apart. */
const LABELS = ["name", "zone", "ip"];

function labelOf(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null) return undefined;
  const fields = item as Readonly<Record<string, unknown>>;
  return LABELS.map((key) => fields[key]).find((one) => typeof one === "string");
}

/** The rest of an item, of which the label is told by its place. */
function withoutLabel(item: object, label: string | undefined): object {
  const rest = Object.entries(item).filter(([key, value]) => !LABELS.includes(key) || value !== label);
  return rest.length === 0 ? item : Object.fromEntries(rest);
}

/** A tree in a line: `to 10.0.0.53:53, cacheSeconds 30`. */
function said(tree: Tree | undefined): string {
  if (tree === undefined || typeof tree === "string") return tree ?? "";
  return Object.entries(tree)
    .map(([key, inner]) =>
      typeof inner === "string" ? `${key} ${inner === "" ? '""' : inner}` : `${key} (${said(inner)})`,
    )
    .join(", ");
}

/** Where two trees differ. What one side has nothing of at all is one difference, however much it is. */
export function treeDifferences(
  left: Tree | undefined,
  right: Tree | undefined,
  path: Path = [],
): readonly TreeDifference[] {
  if (left !== undefined && right !== undefined && typeof left !== "string" && typeof right !== "string") {
    return keysOf(left, right).flatMap((key) => treeDifferences(left[key], right[key], [...path, key]));
  }
  if (said(left) === said(right) && (left === undefined) === (right === undefined)) return [];
  const sides = { ...(left !== undefined && { left: said(left) }), ...(right !== undefined && { right: said(right) }) };
  return [{ place: formatPath(path), ...sides }];
}

/** The keys of both, what only the other has where it has it. */
function keysOf(one: object, other: object): readonly string[] {
  const keys = Object.keys(one);
  for (const [index, key] of Object.keys(other).entries()) {
    if (Object.hasOwn(one, key)) continue;
    const before = Object.keys(other)[index - 1];
    keys.splice(before === undefined ? 0 : keys.indexOf(before) + 1, 0, key);
  }
  return keys;
}
