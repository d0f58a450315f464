import { isAlias, isScalar, visit } from "yaml";
import type { Document, Node } from "yaml";
import type { Place } from "./place";
import { ownPair } from "./walk";

/** An anchor at a place or above it that aliases elsewhere repeat: a change here would be one there too. */
export interface Sharing {
  readonly anchor: string;
  readonly aliases: readonly Node[];
}

export function sharingOf(document: Document, place: Place): Sharing | undefined {
  const nodes = [...place.nodes, ...valuesOf(place)];
  for (const node of nodes) {
    const anchor = isAlias(node) ? undefined : (node as { anchor?: string }).anchor;
    const aliases = anchor === undefined ? [] : aliasesOf(document, node);
    if (anchor !== undefined && aliases.length > 0) return { anchor, aliases };
  }
  return undefined;
}

/** What may be written to, where the place itself ends at a map. */
function valuesOf(place: Place): Node[] {
  if (place.form === "reference" || place.form === "bare") return [];
  const keys = place.form === "tag" ? [place.keys.tag, place.keys.digest] : ["newTag", "digest"];
  return keys.map((key) => ownPair(place.map, key)?.value).filter((value) => isScalar(value));
}

function aliasesOf(document: Document, target: Node): Node[] {
  const found: Node[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) === target) found.push(alias);
    },
  });
  return found;
}
