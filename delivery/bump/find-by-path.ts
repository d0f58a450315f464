import { isMap, isScalar, isSeq } from "yaml";
import type { Document, Pair } from "yaml";
import { rootOf } from "./find";
import { parseReference } from "./image-name";
import type { ChosenPath } from "./path";
import type { Place, Source, Spot } from "./place";
import { below, ownPair } from "./walk";

/**
 * The place that a path names and where no image was recognised: a lone tag (`image.tag` in the values of one
 * environment), or an image under a key that nothing is known about.
 */
export function findByPath({ documents }: Source, { document: only, path }: ChosenPath): Place[] {
  return documents.flatMap((document, index) => {
    if (only !== undefined && only !== index) return [];
    const place = placeAt(document, index, path);
    return place === undefined ? [] : [place];
  });
}

function placeAt(document: Document, index: number, path: ChosenPath["path"]): Place | undefined {
  let spot = rootOf(document, index);
  let pair: Pair | undefined;
  for (const step of path) {
    const parent = spot?.nodes.at(-1);
    pair = isMap(parent) ? ownPair(parent, String(step)) : undefined;
    const value = isSeq(parent) ? parent.items[Number(step)] : pair?.value;
    if (spot === undefined || value === undefined) return undefined;
    spot = below(spot, isSeq(parent) ? Number(step) : step, value);
  }
  const map = spot?.nodes.at(-1);
  if (spot === undefined) return undefined;
  if (isMap(map)) {
    const tag = ownPair(map, "tag") ?? ownPair(map, "newTag");
    return tag && fromPair(below(spot, String((tag.key as { value: unknown }).value), tag.value), tag, spot);
  }
  if (isScalar(map) && pair === undefined) return reference(spot);
  return pair && fromPair(spot, pair, spot);
}

function fromPair(spot: Spot, pair: Pair, owner: Spot): Place | undefined {
  const { value, key } = pair;
  if (isMap(value) || isSeq(value)) return undefined;
  const isTag = isScalar(key) && /(?:^|[a-z])(?:tag|version|digest)$/i.test(String(key.value));
  const isImage = isScalar(value) && typeof value.value === "string" && /[:@/]/.test(value.value);
  const whole = isTag || !isImage ? undefined : reference(spot);
  return whole ?? { form: "bare", ...spot, owner: owner.path, names: [], pair };
}

function reference(spot: Spot): Place | undefined {
  const value = spot.nodes.at(-1);
  const parsed = isScalar(value) && typeof value.value === "string" ? parseReference(value.value) : undefined;
  if (value === undefined || parsed === undefined) return undefined;
  return { form: "reference", ...spot, owner: spot.path, names: [parsed.name], value };
}
