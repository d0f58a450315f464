import { type PropertyMap, type PropertyValue, isPropertyMap, mapChildren, unwrapSecret } from "../../rpc";
import { type KubeObject, apiVersionOf } from "../object/object";
import { withDashes, withUnderscores } from "./dashes";
import { markSecrets } from "./secrecy";

const inputsKey = "__inputs";
const initialApiVersionKey = "__initialApiVersion";
const fieldManagerKey = "__fieldManager";

/** What the state keeps of a resource: its outputs are the live object, with these beside. */
export interface Checkpoint {
  /** The inputs of the last update, or what a refresh found of them. */
  readonly inputs: KubeObject;
  readonly live: KubeObject;
  /** The apiVersion with which the object was created; "" when the state does not know it. */
  readonly initialApiVersion: string;
  /** The name under which the resource owns its fields; "" when the state does not know it. */
  readonly fieldManager: string;
}

/** Inputs as an object for the API server: no secrets marked, no nulls, its spelling of keys. */
export function toObject(properties: PropertyMap): KubeObject {
  return withDashes(cleared(properties) as PropertyMap);
}

/** The outputs for the state. What is secret in `source` (the inputs as the engine gave them) is secret in them. */
export function toOutputs(checkpoint: Checkpoint, source: PropertyMap): PropertyMap {
  const spelled = withUnderscores(source);
  return {
    ...markSecrets(withUnderscores(checkpoint.live), spelled),
    [inputsKey]: markSecrets(withUnderscores(checkpoint.inputs), spelled),
    [initialApiVersionKey]: checkpoint.initialApiVersion,
    [fieldManagerKey]: checkpoint.fieldManager,
  };
}

/** Reads the outputs that the state kept. */
export function fromOutputs(outputs: PropertyMap): Checkpoint {
  const {
    [inputsKey]: inputs = {},
    [initialApiVersionKey]: version,
    [fieldManagerKey]: manager,
    ...live
  } = toObject(outputs);
  const kept = isPropertyMap(inputs) ? inputs : {};
  return {
    inputs: kept,
    live,
    initialApiVersion: typeof version === "string" ? version : apiVersionOf(kept),
    fieldManager: typeof manager === "string" ? manager : "",
  };
}

/** Without secrets around values, and then without nulls in objects. */
function cleared(value: PropertyValue): PropertyValue {
  const clear = unwrapSecret(value);
  const inObject = isPropertyMap(clear);
  return mapChildren(clear, (child) => {
    const item = cleared(child);
    return item === null && inObject ? undefined : item;
  });
}
