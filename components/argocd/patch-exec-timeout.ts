import type { KubernetesObject } from "../../manifests/kubernetes-object";
import { withPodSpec } from "./workload";

const VARIABLE = "ARGOCD_EXEC_TIMEOUT";

/** Sets for how long the repo server lets git, helm and kustomize run; no ConfigMap has a key for it. */
export function patchExecTimeout(object: KubernetesObject, timeout: string): KubernetesObject {
  if (object.metadata.name !== "argocd-repo-server") return object;
  return withPodSpec(object, (pod) => ({
    ...pod,
    containers: pod.containers.map((container) => ({
      ...container,
      env: [...(container.env ?? []).filter(({ name }) => name !== VARIABLE), { name: VARIABLE, value: timeout }],
    })),
  }));
}
