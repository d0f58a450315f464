import { type PropertyMap, type PropertyValue, Secret, Unknown, isPropertyMap } from "./property";

/** A step into a value: a key of an object or an index of a list. */
export type PropertyPath = readonly (string | number)[];

/** The value itself, out of any number of secrets around it; secrets deeper inside stay. */
export function unwrapSecret(value: PropertyValue): PropertyValue {
  return value instanceof Secret ? unwrapSecret(value.value) : value;
}

/** A copy in which every secret, at any depth, is its clear value. */
export function unwrapSecrets<V extends PropertyValue>(value: V): V;
export function unwrapSecrets(value: PropertyValue): PropertyValue {
  if (value instanceof Secret) return unwrapSecrets(value.value);
  return mapChildren(value, unwrapSecrets);
}

/** Whether the value is a secret or holds one at any depth. */
export function hasSecret(value: PropertyValue): boolean {
  return value instanceof Secret || children(value).some(hasSecret);
}

/** Whether the value is unknown or holds an unknown at any depth, also inside secrets. */
export function hasUnknown(value: PropertyValue): boolean {
  return value instanceof Unknown || children(value).some(hasUnknown);
}

/** The value at a path, looking through secrets; `undefined` where the path leads nowhere. */
export function valueAt(value: PropertyValue | undefined, path: PropertyPath): PropertyValue | undefined {
  if (value === undefined || path.length === 0) return value;
  return valueAt(child(value, path[0] as string | number), path.slice(1));
}

/** Whether the value at the path is secret: itself, or because something around it is. */
export function isSecretAt(value: PropertyValue | undefined, path: PropertyPath): boolean {
  if (value === undefined) return false;
  if (value instanceof Secret) return true;
  return path.length > 0 && isSecretAt(child(value, path[0] as string | number), path.slice(1));
}

/**
 * Makes secret in `target` what is secret in `source` at the same place, so that a provider that computed its
 * outputs from clear inputs gives back no clear text. A place that only one of them has is left alone.
 */
export function copySecrecy<V extends PropertyValue>(source: PropertyValue, target: V): V;
export function copySecrecy(source: PropertyValue, target: PropertyValue): PropertyValue {
  if (target instanceof Secret) return target;
  if (source instanceof Secret) return new Secret(target);
  if (Array.isArray(target) && Array.isArray(source)) {
    return target.map((item, index) => (index in source ? copySecrecy(source[index] ?? null, item) : item));
  }
  if (isPropertyMap(target) && isPropertyMap(source)) {
    return Object.fromEntries(
      Object.entries(target).map(([key, item]) => {
        const twin = Object.hasOwn(source, key) ? source[key] : undefined;
        return [key, twin === undefined ? item : copySecrecy(twin, item)];
      }),
    );
  }
  return target;
}

/** Whether two values are equal at every depth. Secrets compare by their clear value; an unknown equals nothing. */
export function sameValue(left: PropertyValue | undefined, right: PropertyValue | undefined): boolean {
  const a = left === undefined ? undefined : unwrapSecret(left);
  const b = right === undefined ? undefined : unwrapSecret(right);
  if (a instanceof Unknown || b instanceof Unknown) return false;
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  }
  if (isPropertyMap(a) && isPropertyMap(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
    );
  }
  return false;
}

/**
 * The value with each direct child replaced, or left out of an object where `change` makes it `undefined`; a secret
 * stays around what its content becomes. Where no child changes it is the same value, not a copy: objects may be large,
 * and most steps change little of them.
 */
export function mapChildren(
  value: PropertyValue,
  change: (child: PropertyValue) => PropertyValue | undefined,
): PropertyValue {
  if (value instanceof Secret) {
    const content = change(value.value) ?? null;
    return content === value.value ? value : new Secret(content);
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => change(item) ?? null);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  return isPropertyMap(value) ? mapProperties(value, change) : value;
}

function mapProperties(object: PropertyMap, change: (child: PropertyValue) => PropertyValue | undefined): PropertyMap {
  const keys = Object.keys(object);
  const values = keys.map((key) => change(object[key] as PropertyValue));
  if (keys.every((key, index) => values[index] === object[key])) return object;
  return Object.fromEntries(
    keys.flatMap((key, index) => {
      const value = values[index];
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

function children(value: PropertyValue): PropertyValue[] {
  if (value instanceof Secret) return [value.value];
  if (Array.isArray(value)) return value;
  return isPropertyMap(value) ? Object.values(value) : [];
}

function child(value: PropertyValue, step: string | number): PropertyValue | undefined {
  const inner = unwrapSecret(value);
  if (Array.isArray(inner)) return typeof step === "number" ? inner[step] : undefined;
  return isPropertyMap(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined;
}
