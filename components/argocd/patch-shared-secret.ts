import type { KubernetesObject } from "../../manifests/kubernetes-object";
import { takingOver } from "../field-manager";

/** Where Argo CD keeps its own secrets: its controllers write to it, and so do we by a patch of single keys. */
export const SHARED_SECRET = "argocd-secret";

/**
 * Has the declaration of a shared Secret force its few fields. The patch of the keys names its field manager in an
 * annotation, which the declaration must not contend for by naming another: it goes without a fixed manager, and so
 * has to take its fields over when a new one adopts the Secret.
 * @param names the Secrets that are patched
 */
export function patchSharedSecret(object: KubernetesObject, names: readonly string[]): KubernetesObject {
  if (object.kind !== "Secret" || !names.includes(object.metadata.name)) return object;
  const annotations = { ...object.metadata.annotations, ...takingOver() };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
