/** The keys and indices of a path as people write it: `spec.roles[0].policies[1]`, `data["server.insecure"]`. */
export function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, key]) =>
    index === undefined ? (quoted ?? key ?? "") : Number(index),
  );
}

/**
 * A copy with another value at a path; `undefined` takes away what is there. Maps on the way are made.
 * @throws when the path leads through something that is no map or list
 */
export function withValue<Value extends object>(value: Value, path: string, to: unknown): Value {
  const copy = structuredClone(value);
  const steps = stepsOf(path);
  const last = steps.pop() ?? "";
  let place: unknown = copy;
  for (const step of steps) {
    const inner = (place as Record<string | number, unknown>)[step] ?? {};
    if (typeof inner !== "object") throw new Error(`${path} leads through ${JSON.stringify(inner)} at ${String(step)}`);
    (place as Record<string | number, unknown>)[step] = inner;
    place = inner;
  }
  const target = place as Record<string | number, unknown>;
  if (to !== undefined) target[last] = to;
  else if (Array.isArray(target)) target.splice(Number(last), 1);
  else Reflect.deleteProperty(target, last);
  return copy;
}
