import { type PropertyMap, type PropertyValue, isPropertyMap } from "../../rpc";

/**
 * Fields of built-in kinds whose `false` or `0` the API server does not tell from absence, and hence never gives back.
 * Source: the fields of k8s.io/api v0.35 that have `omitempty` and are no pointers.
 */
const droppedWhenZero = new Set(
  `chapAuthDiscovery chapAuthSession clusterScope globalDefault hostIPC hostNetwork hostPID paused
   publishNotReadyAddresses readOnly sslEnabled stdin stdinOnce tty unschedulable failureThreshold
   healthCheckNodePort hostPort initialDelaySeconds minReadySeconds nodePort number successThreshold`.split(/\s+/),
);

/** Fields that are maps of text: an empty one is not given back either. Elsewhere `{}` may mean something. */
const droppedWhenEmpty = new Set(
  "annotations binaryData data hard labels limits matchLabels nodeSelector requests".split(" "),
);

/** A copy of a built-in kind's object without the zero values that the API server drops. */
export function withoutZeroValues(value: PropertyValue, field = ""): PropertyValue {
  if (Array.isArray(value)) return value.map((item) => withoutZeroValues(item));
  if (!isPropertyMap(value) || droppedWhenEmpty.has(field)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (isDropped(key, item) ? [] : [[key, withoutZeroValues(item, key)]])),
  );
}

function isDropped(key: string, value: PropertyValue): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isPropertyMap(value)) return droppedWhenEmpty.has(key) && Object.keys(value).length === 0;
  return (value === false || value === 0) && droppedWhenZero.has(key);
}

/**
 * A copy of `live` with the zero values of `inputs` that it lacks: the API server was given them and dropped them, and
 * that they are not there is no drift.
 */
export function withZeroValues(live: PropertyMap, inputs: PropertyMap): PropertyMap {
  const filled: PropertyMap = { ...live };
  for (const [key, value] of Object.entries(inputs)) {
    if (!Object.hasOwn(filled, key)) {
      if (isZeroValue(value)) filled[key] = value;
    } else filled[key] = filledValue(filled[key] ?? null, value);
  }
  return filled;
}

function filledValue(live: PropertyValue, input: PropertyValue): PropertyValue {
  if (isPropertyMap(live) && isPropertyMap(input)) return withZeroValues(live, input);
  if (!Array.isArray(live) || !Array.isArray(input)) return live;
  return live.map((item, index) => (index < input.length ? filledValue(item, input[index] ?? null) : item));
}

/** Whether a value says nothing: "", 0, false, an empty list, or an object of only such. */
function isZeroValue(value: PropertyValue): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isPropertyMap(value)) return Object.values(value).every(isZeroValue);
  return value === "" || value === 0 || value === false;
}
