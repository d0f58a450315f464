import type { HostAlias } from "../../model/argocd-settings";
import type { KubernetesObject } from "../../manifests/kubernetes-object";
import { withPodSpec } from "./workload";

/** The workloads that talk to Git servers: the server checks a repository's credentials, the repo server clones. */
export const GIT_CLIENTS: readonly string[] = ["argocd-server", "argocd-repo-server"];

/** Writes host entries into the pods of the Git clients. */
export function patchHostAliases(object: KubernetesObject, hostAliases: readonly HostAlias[]): KubernetesObject {
  if (hostAliases.length === 0 || !GIT_CLIENTS.includes(object.metadata.name)) return object;
  return withPodSpec(object, (pod) => ({ ...pod, hostAliases }));
}
