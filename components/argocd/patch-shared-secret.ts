import type { KubernetesObject } from "../../manifests/kubernetes-object";

/** Where Argo CD keeps its own secrets: its controllers write to it, and so do we by a patch of single keys. */
export const SHARED_SECRET = "argocd-secret";

/**
 * Has the declaration of the shared Secret force its few fields. The patch of the keys names its field manager in an
 * annotation, which the declaration must not contend for by naming another: it goes without a fixed manager, and so
 * has to take its fields over when a new one adopts the Secret.
 */
export function patchSharedSecret(object: KubernetesObject): KubernetesObject {
  if (object.kind !== "Secret" || object.metadata.name !== SHARED_SECRET) return object;
  const annotations = { ...object.metadata.annotations, "pulumi.com/patchForce": "true" };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
