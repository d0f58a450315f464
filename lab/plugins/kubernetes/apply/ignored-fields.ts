import type { PropertyPath, PropertyValue } from "../../rpc";
import { isPropertyMap } from "../../rpc";
import { parsePath } from "../diff/property-path";
import { type KubeObject, at, stringAt, withValue, withoutValue } from "../object/object";
import { managedFieldsOf, ownsField } from "./managed-fields";

/**
 * The inputs with what `ignoreChanges` names made harmless: left out where only another manager owns it, else set to
 * the live value, so that an apply neither fights for it nor takes it away.
 */
export function withIgnoredFields(
  inputs: KubeObject,
  live: KubeObject,
  ignoreChanges: readonly string[],
  manager: string,
): KubeObject {
  return ignoreChanges.map(parsePath).reduce<KubeObject>((object, path) => {
    if (path.some((step) => typeof step === "number" || step === "*")) return withLiveItem(object, live, path);
    const keys = path.map(String);
    const owners = managedFieldsOf(live).filter((entry) => ownsField(entry, keys));
    const isOwn = owners.some((entry) => stringAt(entry, "manager") === manager);
    if (owners.length > 0 && !isOwn) return withoutValue(object, keys);
    const value = at(live, ...keys);
    return value === undefined ? object : withValue(object, keys, value);
  }, inputs);
}

/** Items of lists have no owners that a path could name: the live value is the best there is. */
function withLiveItem(object: KubeObject, live: KubeObject, path: PropertyPath): KubeObject {
  return setFromLive(object, live, path) as KubeObject;
}

function setFromLive(value: PropertyValue, live: PropertyValue | undefined, path: PropertyPath): PropertyValue {
  const [step, ...rest] = path;
  if (live === undefined) return value;
  if (step === undefined) return live;
  if (Array.isArray(value) && Array.isArray(live)) {
    return value.map((item, index) => (step === "*" || step === index ? setFromLive(item, live[index], rest) : item));
  }
  if (!isPropertyMap(value) || !isPropertyMap(live)) return value;
  const keys = step === "*" ? Object.keys(value) : [String(step)];
  return {
    ...value,
    ...Object.fromEntries(
      keys.flatMap((key) => {
        const [own, theirs] = [value[key], live[key]];
        return theirs === undefined ? [] : [[key, setFromLive(own ?? theirs, theirs, rest)]];
      }),
    ),
  };
}
