import { type PropertyMap, type PropertyValue, Unknown, isPropertyMap, sameValue } from "../../rpc";

/**
 * The JSON merge patch (RFC 7386) that makes `to` of `from`: what is gone is null, a changed list is there whole.
 * An unknown value is always a change.
 */
export function mergePatch(from: PropertyMap, to: PropertyMap): PropertyMap {
  const patch: PropertyMap = {};
  for (const key of Object.keys(from)) if (!Object.hasOwn(to, key)) patch[key] = null;
  for (const [key, value] of Object.entries(to)) {
    const old = Object.hasOwn(from, key) ? from[key] : undefined;
    if (isPropertyMap(old) && isPropertyMap(value)) {
      const inner = mergePatch(old, value);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (!sameValue(old, value)) {
      patch[key] = value;
    }
  }
  return patch;
}

/**
 * The merge patch for an update without server-side apply: removes what the last inputs had and the new ones have not,
 * sets what differs from the live object, and leaves alone what others added.
 */
export function threeWayMergePatch(last: PropertyMap, next: PropertyMap, live: PropertyMap): PropertyMap {
  return { ...removals(last, next), ...mergeOver(removals(last, next), additions(next, live)) };
}

function removals(last: PropertyMap, next: PropertyMap): PropertyMap {
  const patch: PropertyMap = {};
  for (const [key, old] of Object.entries(last)) {
    const value = Object.hasOwn(next, key) ? next[key] : undefined;
    if (value === undefined) patch[key] = null;
    else if (isPropertyMap(old) && isPropertyMap(value)) {
      const inner = removals(old, value);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    }
  }
  return patch;
}

function additions(next: PropertyMap, live: PropertyMap): PropertyMap {
  const patch: PropertyMap = {};
  for (const [key, value] of Object.entries(next)) {
    const old: PropertyValue | undefined = Object.hasOwn(live, key) ? live[key] : undefined;
    if (isPropertyMap(old) && isPropertyMap(value)) {
      const inner = additions(value, old);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (value instanceof Unknown || !sameValue(old, value)) {
      patch[key] = value;
    }
  }
  return patch;
}

function mergeOver(base: PropertyMap, over: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(over).map(([key, value]) => {
      const below = Object.hasOwn(base, key) ? base[key] : undefined;
      return [key, isPropertyMap(below) && isPropertyMap(value) ? { ...below, ...mergeOver(below, value) } : value];
    }),
  );
}
