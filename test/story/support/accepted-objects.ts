import type { KubernetesObject } from "./policy-preview";

const IN_CLUSTER = "https://kubernetes.default.svc";

/** The project that allows everything, and the namespace without guards: what the Applications below are put into. */
export const OPEN = "open";

/** An Application in the open project, which synchronises by itself. */
export function applicationOf(name: string, source: object): KubernetesObject {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name, namespace: "argocd" },
    spec: {
      project: OPEN,
      source: { targetRevision: "main", ...source },
      destination: { server: IN_CLUSTER, namespace: OPEN },
      syncPolicy: { automated: { prune: true, allowEmpty: true } },
    },
  };
}

/** A project from whose Applications nothing is safe. */
export const openProject: KubernetesObject = {
  apiVersion: "argoproj.io/v1alpha1",
  kind: "AppProject",
  metadata: { name: OPEN, namespace: "argocd" },
  spec: {
    sourceRepos: ["*"],
    destinations: [{ server: "*", namespace: "*" }],
    clusterResourceWhitelist: [{ group: "*", kind: "*" }],
  },
};

/** A project's namespace that holds its pods to nothing, and has no guards. */
export const openNamespace: KubernetesObject = {
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: OPEN, labels: { "dso/project": OPEN } },
};

/** A pod that is the node, in all but name. */
export const privilegedPod: KubernetesObject = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "privileged", namespace: OPEN },
  spec: { hostPID: true, containers: [{ name: "main", image: "shell:latest", securityContext: { privileged: true } }] },
};

/** Some keys of one of Argo CD's ConfigMaps. */
export function settings(name: string, data: Readonly<Record<string, string>>): KubernetesObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "argocd" }, data };
}

/** What Argo CD reads to reach a repository. */
export function repositorySecret(name: string, values: Readonly<Record<string, string>>): KubernetesObject {
  const labels = { "argocd.argoproj.io/secret-type": "repository" };
  return { apiVersion: "v1", kind: "Secret", metadata: { name, namespace: "argocd", labels }, stringData: values };
}
