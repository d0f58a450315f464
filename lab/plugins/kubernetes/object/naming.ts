import { createHash, randomBytes } from "node:crypto";
import { annotations, isAutonamed } from "./annotations";
import type { KubeObject } from "./object";
import { at, isNameUnknown, nameOf, withValue } from "./object";
import { Unknown, isPropertyMap } from "../../rpc";

/** Eight hexadecimal digits: the same for the same seed and prefix, else random. */
export function uniqueName(prefix: string, seed: Uint8Array): string {
  const digits = seed.length === 0 ? randomBytes(4) : createHash("sha256").update(seed).update(prefix).digest();
  return prefix + digits.subarray(0, 4).toString("hex");
}

/** Names a new object that its program leaves unnamed after the resource, and marks that it did. */
export function autonamed(inputs: KubeObject, logicalName: string, seed: Uint8Array): KubeObject {
  if (nameOf(inputs) !== "" || isNameUnknown(inputs) || hasGenerateName(inputs)) return inputs;
  return named(inputs, uniqueName(`${logicalName}-`, seed));
}

/** Keeps the name that an earlier update made, when the program still leaves the object unnamed. */
export function keepingAutoname(inputs: KubeObject, oldInputs: KubeObject): KubeObject {
  if (nameOf(inputs) !== "" || isNameUnknown(inputs) || !isAutonamed(oldInputs)) return inputs;
  return named(inputs, nameOf(oldInputs));
}

/** Whether the program leaves the name to the API server. */
export function hasGenerateName(inputs: KubeObject): boolean {
  const prefix = at(inputs, "metadata", "generateName");
  return prefix instanceof Unknown || (typeof prefix === "string" && prefix !== "");
}

function named(inputs: KubeObject, name: string): KubeObject {
  const withName = withValue(inputs, ["metadata", "name"], name);
  const present = at(inputs, "metadata", "annotations");
  if (present !== undefined && !isPropertyMap(present)) return withName;
  return withValue(withName, ["metadata", "annotations", annotations.autonamed], "true");
}
