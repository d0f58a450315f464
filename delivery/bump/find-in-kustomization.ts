import { isMap, isSeq } from "yaml";
import type { Document } from "yaml";
import { findInValues } from "./find-in-values";
import type { KustomizationPlace, Place, Spot } from "./place";
import { below, lookUpText, ownPair } from "./walk";

/**
 * The images of a kustomization: the entries of `images`, known by the name that is looked for in manifests and by the
 * one that takes its place, and the `valuesInline` of its charts.
 */
export function findInKustomization(document: Document, root: Spot): Place[] {
  return [...entries(document, root), ...inlineValues(document, root)];
}

function entries(document: Document, root: Spot): KustomizationPlace[] {
  return itemsOf(root, "images").flatMap((spot) => {
    const map = spot.nodes.at(-1);
    if (!isMap(map)) return [];
    const name = lookUpText(document, map, "name");
    const newName = lookUpText(document, map, "newName");
    const key = ownPair(map, "newTag") === undefined && ownPair(map, "digest") !== undefined ? "digest" : "newTag";
    return [
      {
        form: "kustomization",
        ...spot,
        path: [...spot.path, key],
        owner: spot.path,
        names: [name, newName].filter((one) => one !== undefined),
        map,
      },
    ];
  });
}

function inlineValues(document: Document, root: Spot): Place[] {
  return itemsOf(root, "helmCharts").flatMap((spot) => {
    const map = spot.nodes.at(-1);
    const values = isMap(map) ? ownPair(map, "valuesInline")?.value : undefined;
    return isMap(values) ? findInValues(document, below(spot, "valuesInline", values)) : [];
  });
}

function itemsOf(root: Spot, key: string): Spot[] {
  const map = root.nodes.at(-1);
  const list = isMap(map) ? ownPair(map, key)?.value : undefined;
  if (!isSeq(list)) return [];
  const parent = below(root, key, list);
  return list.items.map((item, index) => below(parent, index, item));
}
