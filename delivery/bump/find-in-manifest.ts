import { isScalar } from "yaml";
import { parseReference } from "./image-name";
import type { ReferencePlace, Spot } from "./place";
import { below, maps, ownPair } from "./walk";

/**
 * The images of an object or a `List` of them: `image` of containers, init containers and ephemeral containers, wherever
 * a kind keeps its pods' template, and `image` of custom resources; the `reference` of an image volume.
 */
export function findInManifest(root: Spot): ReferencePlace[] {
  return [...maps(root)].flatMap((spot) => {
    const key = spot.path.at(-1) === "image" ? "reference" : "image";
    const place = referenceAt(spot, key);
    return place === undefined ? [] : [place];
  });
}

/** The image that a map's entry names; absent when the entry is no reference. */
export function referenceAt(spot: Spot & { readonly map: Parameters<typeof ownPair>[0] }, key: string) {
  const value = ownPair(spot.map, key)?.value;
  if (!isScalar(value) || typeof value.value !== "string") return undefined;
  const reference = parseReference(value.value);
  if (reference === undefined) return undefined;
  const place: ReferencePlace = {
    form: "reference",
    ...below(spot, key, value),
    owner: spot.path,
    names: [reference.name],
    value,
  };
  return place;
}
