import { type PropertyMap, type PropertyValue, isPropertyMap } from "../../rpc";

/**
 * The part of a live object that the inputs speak of: keys that only the server filled in are left out, at every
 * depth. Lists are cut to the length of the inputs' list, and matched by position.
 */
export function pruned(live: PropertyMap, shape: PropertyMap): PropertyMap {
  const kept = Object.entries(live).flatMap(([key, value]): [string, PropertyValue][] => {
    const wanted = Object.hasOwn(shape, key) ? shape[key] : undefined;
    return wanted === undefined ? [] : [[key, prunedValue(value, wanted)]];
  });
  return Object.fromEntries(kept);
}

function prunedValue(value: PropertyValue, shape: PropertyValue): PropertyValue {
  if (isPropertyMap(value) && isPropertyMap(shape)) return pruned(value, shape);
  if (!Array.isArray(value) || !Array.isArray(shape)) return value;
  if (value.length === 0 || shape.length === 0) return [];
  return value.slice(0, shape.length).map((item, index) => prunedValue(item, shape[index] ?? null));
}
