import type { PropertyMap } from "../../rpc";
import { hasUnknown, isPropertyMap } from "../../rpc";
import { isBuiltIn } from "./gvk";
import type { KubeObject } from "./object";
import { apiVersionOf, at, isCrd, isSecretKind, withoutValue, withValue } from "./object";
import { canonicalQuantities } from "./quantity";
import { withoutZeroValues } from "./zero-values";

/** What only the API server writes into `metadata`. */
const serverMetadata = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "uid",
];

/**
 * Inputs in the form in which the API server will give them back, so that two spellings of one thing are no
 * difference: a Secret's `stringData` in `data`, quantities in one spelling, no fields that only the server writes.
 * Objects of CRDs stay as they are, since nothing is known of their fields.
 */
export function normalized(inputs: KubeObject): KubeObject {
  let object = inputs;
  if (isBuiltIn(apiVersionOf(inputs)) && !hasUnknown(inputs)) {
    if (isSecretKind(object)) object = normalizedSecret(object);
    else if (isCrd(object)) object = normalizedCrd(object);
    else object = withoutZeroValues(canonicalQuantities(object)) as KubeObject;
  }
  return serverMetadata.reduce((rest, key) => withoutValue(rest, ["metadata", key]), object);
}

/** The API server moves `stringData` into `data`, in base64, and spells base64 in its own way. */
function normalizedSecret(secret: KubeObject): KubeObject {
  const { stringData, ...rest } = secret;
  const data = at(secret, "data");
  const encoded = isPropertyMap(data) ? mapValues(data, respelledBase64) : undefined;
  const clear = isPropertyMap(stringData) ? stringData : {};
  if (Object.keys(clear).length === 0) return encoded === undefined ? secret : { ...secret, data: encoded };
  return { ...rest, data: { ...encoded, ...mapValues(clear, (text) => Buffer.from(text, "utf8").toString("base64")) } };
}

/** Invalid base64 stays as it is: the API server shall refuse it. */
function respelledBase64(text: string): string {
  const compact = text.replace(/[\r\n]/g, "");
  const valid = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact);
  return valid ? Buffer.from(compact, "base64").toString("base64") : text;
}

/** The API server drops a CRD's `preserveUnknownFields: false`, and takes no status from a client. */
function normalizedCrd(crd: KubeObject): KubeObject {
  const path = ["spec", "preserveUnknownFields"];
  const rest = withoutValue(crd, ["status"]);
  return at(rest, ...path) === false ? withoutValue(rest, path) : rest;
}

function mapValues(map: PropertyMap, change: (text: string) => string): PropertyMap {
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [key, typeof value === "string" ? change(value) : value]),
  );
}

/** A copy with the namespace set, or without any when it is "". */
export function withNamespace(object: KubeObject, namespace: string): KubeObject {
  return namespace === ""
    ? withoutValue(object, ["metadata", "namespace"])
    : withValue(object, ["metadata", "namespace"], namespace);
}
