import {
  type DiffResult,
  isPropertyMap,
  type PropertyDifference,
  type PropertyMap,
  type PropertyValue,
  sameValue,
  Unknown,
  unwrapSecrets,
} from "../rpc";
import type { Change, Plan } from "./kind";
import type { ResourceType } from "./resource-type";

/** What a resource with these inputs is to be. Secrets are in clear. `state` is absent when it is to be created. */
export function planOf(type: ResourceType, inputs: PropertyMap, state: Plan | undefined, now: Date): Plan {
  const clear = unwrapSecrets(inputs);
  const plan = Object.fromEntries(
    type.inputs.flatMap((name) => {
      const value = clear[name] ?? type.attribute(name).default;
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
  return type.kind.complete?.(plan, state, now) ?? plan;
}

/** The arguments that a plan changes of what there is; one that is taken out holds what GitLab takes for none. */
export function changesOf(type: ResourceType, state: Plan, plan: Plan): Change {
  const changed = type.inputs.flatMap((name): [string, PropertyValue][] => {
    const [before, after] = [state[name] ?? undefined, plan[name]];
    if (after !== undefined) return covers(after, before) ? [] : [[name, after]];
    const gone = before !== undefined && !type.isComputed(name) && !sameValue(before, type.zero(name));
    return gone ? [[name, type.zero(name)]] : [];
  });
  return { changed: Object.fromEntries(changed), plan, state };
}

/** What the engine is told of these changes. */
export function difference(type: ResourceType, inputs: PropertyMap, { changed, plan, state }: Change): DiffResult {
  const names = Object.keys(changed);
  const replaces = names.filter((name) => type.kind.update === undefined || type.replaces(name));
  const details = names.map((name): [string, PropertyDifference] => {
    const action = plan[name] === undefined ? "delete" : (state[name] ?? undefined) === undefined ? "add" : "update";
    return [name, { kind: replaces.includes(name) ? `${action}-replace` : action, inputDiff: false }];
  });
  return {
    changes: names.length > 0 ? "some" : "none",
    diffs: names,
    replaces,
    deleteBeforeReplace: replaces.length > 0 && nameIsTaken(inputs, changed),
    detailedDiff: Object.fromEntries(details),
  };
}

/** As the bridge has it: the replacement needs the name, unless the name was made up or changes as well. */
function nameIsTaken(inputs: PropertyMap, changed: Plan): boolean {
  const made = inputs["__defaults"];
  const madeUp = Array.isArray(made) && made.includes("name");
  return inputs["name"] !== undefined && !madeUp && changed["name"] === undefined;
}

/**
 * Whether what there is already is what is wanted: an object may have more members than were asked for, as GitLab adds
 * its own, and lists have no order.
 */
export function covers(wanted: PropertyValue, there: PropertyValue | undefined): boolean {
  if (wanted instanceof Unknown || there === undefined) return false;
  if (Array.isArray(wanted)) {
    if (!Array.isArray(there) || there.length !== wanted.length) return false;
    return wanted.every((item) => there.some((other) => covers(item, other)));
  }
  if (isPropertyMap(wanted)) {
    return isPropertyMap(there) && Object.entries(wanted).every(([key, item]) => covers(item, there[key]));
  }
  return sameValue(wanted, there);
}
