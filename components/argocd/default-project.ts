import type { KubernetesObject } from "../../manifests/kubernetes-object";

/**
 * Argo CD's AppProject `default`, from which nothing can be deployed and nowhere to. argocd-server makes one that
 * allows everything where there is none, so this one must be there before it starts.
 */
export function defaultProject(namespace: string): KubernetesObject {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name: "default", namespace },
    spec: {
      description: "Closed: each project has an AppProject of its own",
      sourceRepos: [],
      destinations: [],
      clusterResourceWhitelist: [],
      namespaceResourceBlacklist: [{ group: "*", kind: "*" }],
    },
  };
}
