import { isAlias, isMap, isPair, isScalar, isSeq } from "yaml";
import type { Document, Node, Pair, YAMLMap } from "yaml";
import type { Spot } from "./place";

/** An entry that the map has itself, not by a merge. */
export function ownPair(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isPair(pair) && isScalar(pair.key) && String(pair.key.value) === key);
}

/** What stands under a key, aliases and merges followed. For reading only: what it gives may stand elsewhere. */
export function lookUp(document: Document, map: YAMLMap, key: string): Node | undefined {
  const own = ownPair(map, key);
  if (own !== undefined) return follow(document, own.value);
  const merged = follow(document, ownPair(map, "<<")?.value);
  const sources = isSeq(merged) ? merged.items.map((item) => follow(document, item)) : [merged];
  for (const source of sources) {
    // A merge into itself is no YAML that anything reads; it must not be followed for ever.
    const found = isMap(source) && source !== map ? follow(document, ownPair(source, key)?.value) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The same as text; absent for what is no string. */
export function lookUpText(document: Document, map: YAMLMap, key: string): string | undefined {
  const node = lookUp(document, map, key);
  return isScalar(node) && typeof node.value === "string" && node.value !== "" ? node.value : undefined;
}

function follow(document: Document, node: unknown): Node | undefined {
  if (isAlias(node)) return node.resolve(document);
  return isMap(node) || isSeq(node) || isScalar(node) ? node : undefined;
}

/** Every map below a spot, itself included, in the order of the text. What an alias stands for is visited at its anchor. */
export function* maps(spot: Spot): Generator<Spot & { readonly map: YAMLMap }> {
  const node = spot.nodes.at(-1);
  if (isMap(node)) {
    yield { ...spot, map: node };
    for (const pair of node.items) {
      if (isScalar(pair.key)) yield* maps(below(spot, String(pair.key.value), pair.value));
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) yield* maps(below(spot, index, item));
  }
}

/** The spot one step further down. */
export function below(spot: Spot, step: string | number, node: unknown): Spot {
  return {
    document: spot.document,
    path: [...spot.path, step],
    nodes: isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? [...spot.nodes, node] : spot.nodes,
  };
}
