import { isMap, isScalar } from "yaml";
import type { Document } from "yaml";
import { findInKustomization } from "./find-in-kustomization";
import { findInManifest } from "./find-in-manifest";
import { findInValues } from "./find-in-values";
import type { Place, Source, Spot } from "./place";
import { ownPair } from "./walk";

/** Every image of a file, in the order of the text. Each of its documents is read by what it is. */
export function findPlaces({ file, documents }: Source): Place[] {
  const isKustomization = /(?:^|[\\/])(?:kustomization\.ya?ml|Kustomization)$/.test(file);
  return documents.flatMap((document, index) => {
    const root = rootOf(document, index);
    if (root === undefined) return [];
    if (isKustomization || isOfKustomize(document)) return findInKustomization(document, root);
    return isObject(document) ? findInManifest(root) : findInValues(document, root);
  });
}

export function rootOf(document: Document, index: number): Spot | undefined {
  const { contents } = document;
  return contents === null ? undefined : { document: index, path: [], nodes: [contents] };
}

function text({ contents }: Document, key: string): string | undefined {
  const value = isMap(contents) ? ownPair(contents, key)?.value : undefined;
  return isScalar(value) && typeof value.value === "string" ? value.value : undefined;
}

function isOfKustomize(document: Document): boolean {
  return text(document, "apiVersion")?.startsWith("kustomize.config.k8s.io/") ?? false;
}

function isObject(document: Document): boolean {
  return text(document, "apiVersion") !== undefined && text(document, "kind") !== undefined;
}
