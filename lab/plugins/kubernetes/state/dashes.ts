import { type PropertyMap, type PropertyValue, isPropertyMap, mapChildren } from "../../rpc";

/** Keys of CRD schemas that have dashes; Pulumi's SDKs spell them with underscores. */
const dashed = new Set(
  `x-kubernetes-embedded-resource x-kubernetes-int-or-string x-kubernetes-list-map-keys x-kubernetes-list-type
   x-kubernetes-map-type x-kubernetes-preserve-unknown-fields x-kubernetes-validations`.split(/\s+/),
);

/** The properties with the API server's spelling of keys. */
export function withDashes(properties: PropertyMap): PropertyMap {
  return rename(properties, (key) => {
    const spelled = key.startsWith("x_kubernetes_") ? key.replaceAll("_", "-") : key;
    return dashed.has(spelled) ? spelled : key;
  }) as PropertyMap;
}

/** The properties with the SDKs' spelling of keys. */
export function withUnderscores(properties: PropertyMap): PropertyMap {
  return rename(properties, (key) => (dashed.has(key) ? key.replaceAll("-", "_") : key)) as PropertyMap;
}

function rename(value: PropertyValue, change: (key: string) => string): PropertyValue {
  const inner = mapChildren(value, (item) => rename(item, change));
  if (!isPropertyMap(inner) || Object.keys(inner).every((key) => change(key) === key)) return inner;
  return Object.fromEntries(Object.entries(inner).map(([key, item]) => [change(key), item]));
}
