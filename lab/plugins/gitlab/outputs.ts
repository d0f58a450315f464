import { copySecrecy, type PropertyMap, type PropertyValue, Secret, Unknown } from "../rpc";
import type { Plan, Told } from "./kind";
import { covers } from "./plan";
import type { ResourceType } from "./resource-type";

/**
 * The outputs of a resource: what GitLab tells, else what was asked for, else what was so before. Arguments that were
 * taken out are not so any more. Secrets are marked where the schema says so, or where `like` has them.
 */
export function outputsOf(
  type: ResourceType,
  id: string,
  told: Told,
  plan: Plan,
  state: Plan,
  like: PropertyMap,
): PropertyMap {
  const outputs: Record<string, PropertyValue> = { id: typeof told["id"] === "string" ? told["id"] : id };
  for (const name of type.outputs) {
    const value = outputOf(type, name, told, plan, state);
    if (value !== undefined && value !== null) outputs[name] = value;
  }
  return copySecrecy<PropertyMap>(like, marked(type, outputs));
}

/** The outputs of a resource that is not there yet: what GitLab decides is unknown. */
export function foreseenOutputs(type: ResourceType, plan: Plan, like: PropertyMap): PropertyMap {
  const unknown = type.outputs.flatMap((name) => (type.alwaysThere(name) ? [[name, new Unknown()]] : []));
  const planned = Object.entries(plan).filter(([name]) => type.outputs.includes(name));
  return copySecrecy<PropertyMap>(like, marked(type, Object.fromEntries([...unknown, ...planned])));
}

function outputOf(type: ResourceType, name: string, told: Told, plan: Plan, state: Plan): PropertyValue | undefined {
  const empty = type.alwaysThere(name) ? type.zero(name) : undefined;
  if (told[name] !== undefined && type.attribute(name).untold !== true) {
    return inOrder((told[name] as PropertyValue) ?? empty, plan[name]);
  }
  const stays = type.input(name) === undefined || type.isComputed(name);
  return plan[name] ?? (stays ? state[name] : undefined) ?? empty;
}

/** GitLab has an order of its own for lists that have none: as long as the members are the same, that of the plan stays. */
function inOrder(told: PropertyValue | undefined, planned: PropertyValue | undefined): PropertyValue | undefined {
  if (told === undefined || !Array.isArray(told) || !Array.isArray(planned)) return told;
  return covers(planned, told) && covers(told, planned) ? planned : told;
}

function marked(type: ResourceType, outputs: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, type.isSecret(name) ? new Secret(value) : value]),
  );
}
