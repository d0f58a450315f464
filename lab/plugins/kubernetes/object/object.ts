import { type PropertyMap, type PropertyValue, Unknown, isPropertyMap } from "../../rpc";

/** A Kubernetes object without secrets around its values. In a preview any value may be Unknown. */
export type KubeObject = PropertyMap;

export function apiVersionOf(object: KubeObject): string {
  return stringAt(object, "apiVersion");
}

export function kindOf(object: KubeObject): string {
  return stringAt(object, "kind");
}

export function nameOf(object: KubeObject): string {
  return stringAt(object, "metadata", "name");
}

/** The namespace; "" when there is none or it is not known yet. */
export function namespaceOf(object: KubeObject): string {
  return stringAt(object, "metadata", "namespace");
}

/** The value of an annotation; "" when there is none. */
export function annotationOf(object: KubeObject, key: string): string {
  return stringAt(object, "metadata", "annotations", key);
}

export function isAnnotatedTrue(object: KubeObject, key: string): boolean {
  return annotationOf(object, key) === "true";
}

/** The value under keys of nested objects; `undefined` where there is none. */
export function at(object: PropertyValue | undefined, ...keys: readonly string[]): PropertyValue | undefined {
  let value: PropertyValue | undefined = object;
  for (const key of keys) {
    if (!isPropertyMap(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** The string there; "" when there is none or it is no string. */
export function stringAt(object: PropertyValue | undefined, ...keys: readonly string[]): string {
  const value = at(object, ...keys);
  return typeof value === "string" ? value : "";
}

/** The number there; `undefined` when there is none. */
export function numberAt(object: PropertyValue | undefined, ...keys: readonly string[]): number | undefined {
  const value = at(object, ...keys);
  return typeof value === "number" ? value : undefined;
}

/** The objects of the list there; none when there is no list. */
export function listAt(object: PropertyValue | undefined, ...keys: readonly string[]): readonly PropertyMap[] {
  const value = at(object, ...keys);
  return Array.isArray(value) ? value.filter(isPropertyMap) : [];
}

/** A copy with the value set; objects on the way are made. A way through something else than an object changes nothing. */
export function withValue(object: PropertyMap, keys: readonly string[], value: PropertyValue): PropertyMap {
  const [key, ...rest] = keys;
  if (key === undefined) return object;
  if (rest.length === 0) return { ...object, [key]: value };
  const inner = Object.hasOwn(object, key) ? object[key] : {};
  return isPropertyMap(inner) ? { ...object, [key]: withValue(inner, rest, value) } : object;
}

/** A copy without the value. */
export function withoutValue(object: PropertyMap, keys: readonly string[]): PropertyMap {
  const [key, ...rest] = keys;
  if (key === undefined || !Object.hasOwn(object, key)) return object;
  if (rest.length === 0) {
    const { [key]: dropped, ...others } = object;
    return dropped === undefined ? object : others;
  }
  const inner = object[key];
  return isPropertyMap(inner) ? { ...object, [key]: withoutValue(inner, rest) } : object;
}

/** Whether the name is known only after the update. */
export function isNameUnknown(object: KubeObject): boolean {
  const metadata = object["metadata"];
  return metadata instanceof Unknown || at(metadata, "name") instanceof Unknown;
}

/** The Pulumi id of an object: `namespace/name`, or the name alone. */
export function idOf(object: KubeObject): string {
  const namespace = namespaceOf(object);
  return namespace === "" ? nameOf(object) : `${namespace}/${nameOf(object)}`;
}

/** Splits a Pulumi id. */
export function parseId(id: string): { readonly namespace: string; readonly name: string } {
  const slash = id.indexOf("/");
  return slash === -1 ? { namespace: "", name: id } : { namespace: id.slice(0, slash), name: id.slice(slash + 1) };
}

export function isSecretKind(object: KubeObject): boolean {
  return kindOf(object) === "Secret" && ["v1", "core/v1"].includes(apiVersionOf(object));
}

export function isConfigMapKind(object: KubeObject): boolean {
  return kindOf(object) === "ConfigMap" && ["v1", "core/v1"].includes(apiVersionOf(object));
}

export function isCrd(object: KubeObject): boolean {
  return kindOf(object) === "CustomResourceDefinition" && apiVersionOf(object).startsWith("apiextensions.k8s.io/");
}
