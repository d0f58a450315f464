import { type PropertyMap, type PropertyValue, Secret, isPropertyMap } from "../../rpc";

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
  if (value instanceof Secret) return new Secret(rename(value.value, change));
  if (Array.isArray(value)) return value.map((item) => rename(item, change));
  if (!isPropertyMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), rename(item, change)]));
}
