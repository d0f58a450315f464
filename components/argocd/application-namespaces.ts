import type { KubernetesObject } from "../../manifests/kubernetes-object";

/** What the API server does with an Application, beside what its official ClusterRole lets it do anywhere. */
const SERVER = [
  { apiGroups: [""], resources: ["events"], verbs: ["create"] },
  { apiGroups: ["argoproj.io"], resources: ["applications"], verbs: ["create", "delete", "update", "patch"] },
];

/** The notifications controller watches the Applications of the whole cluster as soon as there is one namespace more. */
const NOTIFICATIONS = [
  { apiGroups: ["argoproj.io"], resources: ["applications"], verbs: ["get", "list", "watch", "update", "patch"] },
];

/**
 * The rights that Argo CD's manifests lack for Applications outside its own namespace, under the names that Argo CD's
 * documentation gives them, but without the sight of all Secrets that only self-service notifications would need:
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/app-any-namespace/#adapt-kubernetes-rbac
 */
export function applicationNamespaceRights(
  applicationNamespaces: readonly string[],
  namespace: string,
): KubernetesObject[] {
  if (applicationNamespaces.length === 0) return [];
  return [
    ...rights("argocd-server", SERVER, namespace),
    ...rights("argocd-notifications-controller", NOTIFICATIONS, namespace),
  ];
}

function rights(account: string, rules: readonly object[], namespace: string): KubernetesObject[] {
  const apiVersion = "rbac.authorization.k8s.io/v1";
  const metadata = { name: `${account}-cluster-apps`, labels: { "app.kubernetes.io/part-of": "argocd" } };
  return [
    { apiVersion, kind: "ClusterRole", metadata, rules },
    {
      apiVersion,
      kind: "ClusterRoleBinding",
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: metadata.name },
      subjects: [{ kind: "ServiceAccount", name: account, namespace }],
    },
  ];
}
