import { type PropertyMap, type PropertyValue, Secret, hasSecret, isPropertyMap, unwrapSecret } from "../../rpc";
import { annotations } from "../object/annotations";

/**
 * Marks as secret in `target` what is secret in `source` at the same place. A list that holds a secret anywhere
 * becomes secret as a whole, since its order may change on the server. The data of a Secret is always secret.
 */
export function markSecrets(target: PropertyMap, source: PropertyMap): PropertyMap {
  if (target["kind"] === "Secret") return markSecretData(target);
  return Object.fromEntries(
    Object.entries(target).map(([key, value]) => {
      const twin = Object.hasOwn(source, key) ? source[key] : undefined;
      return [key, twin === undefined ? value : markValue(value, twin)];
    }),
  );
}

function markValue(value: PropertyValue, source: PropertyValue): PropertyValue {
  if (value instanceof Secret) return value;
  if (isPropertyMap(value) && isPropertyMap(source)) return markSecrets(value, source);
  return hasSecret(source) ? new Secret(value) : value;
}

/** kubectl keeps a copy of the whole object, data included, in an annotation: that is as secret as the data. */
function markSecretData(secret: PropertyMap): PropertyMap {
  const marked = Object.entries(secret).map(([key, value]): [string, PropertyValue] => {
    if (key === "data" || key === "stringData") return [key, asSecret(value)];
    return [key, key === "metadata" ? markLastApplied(value) : value];
  });
  return Object.fromEntries(marked);
}

function markLastApplied(metadata: PropertyValue): PropertyValue {
  if (!isPropertyMap(metadata)) return metadata;
  const present = metadata["annotations"];
  if (!isPropertyMap(present) || !Object.hasOwn(present, annotations.lastApplied)) return metadata;
  const copy = asSecret(present[annotations.lastApplied] ?? null);
  return { ...metadata, annotations: { ...present, [annotations.lastApplied]: copy } };
}

function asSecret(value: PropertyValue): PropertyValue {
  return value instanceof Secret ? value : new Secret(value);
}

/** A text with every secret string of the inputs, clear or in base64, struck out. Very short ones are left alone. */
export function redacted(message: string, inputs: PropertyMap): string {
  return secretTexts(inputs, false)
    .filter((secret) => secret.length >= 4)
    .sort((a, b) => b.length - a.length)
    .reduce((text, secret) => text.replaceAll(secret, "[secret]"), message);
}

function secretTexts(value: PropertyValue, inside: boolean): string[] {
  if (value instanceof Secret) return secretTexts(unwrapSecret(value), true);
  if (Array.isArray(value)) return value.flatMap((item) => secretTexts(item, inside));
  if (isPropertyMap(value)) return Object.values(value).flatMap((item) => secretTexts(item, inside));
  if (!inside || typeof value !== "string") return [];
  return [value, Buffer.from(value, "utf8").toString("base64"), Buffer.from(value, "base64").toString("utf8")];
}
