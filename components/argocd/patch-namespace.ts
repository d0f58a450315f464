import type { KubernetesObject } from "../../manifests/kubernetes-object";

/** The kinds in Argo CD's manifests that belong to the cluster. */
const CLUSTER_WIDE = ["CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding", "Namespace", "PriorityClass"];

export function isClusterWide({ kind }: KubernetesObject): boolean {
  return CLUSTER_WIDE.includes(kind);
}

interface Subject {
  readonly kind: string;
  readonly namespace?: string;
}

/**
 * Puts an object into a namespace. The official manifests name none, to be applied with `kubectl --namespace`, but
 * for the subjects of ClusterRoleBindings, which say `argocd`; no argument and no address in them names a namespace.
 */
export function patchNamespace(object: KubernetesObject, namespace: string): KubernetesObject {
  const placed = isClusterWide(object) ? object : { ...object, metadata: { ...object.metadata, namespace } };
  const subjects = object["subjects"];
  if (!Array.isArray(subjects)) return placed;
  return {
    ...placed,
    subjects: (subjects as Subject[]).map((subject) =>
      subject.namespace === undefined ? subject : { ...subject, namespace },
    ),
  };
}
