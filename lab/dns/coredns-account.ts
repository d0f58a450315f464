import type { KubernetesObject } from "../../manifests";

const name = "coredns";
const role = "system:coredns";

/** Who CoreDNS is in the cluster. */
export const corednsAccount = { namespace: "kube-system", name } as const;

const read = ["list", "watch"];

/** What kubeadm and Kubespray install for CoreDNS beside its ConfigMap: what its plugin `kubernetes` may read. */
export const corednsRights: readonly KubernetesObject[] = [
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { ...corednsAccount } },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: role },
    rules: [
      { apiGroups: [""], resources: ["endpoints", "services", "pods", "namespaces"], verbs: read },
      { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: read },
      { apiGroups: [""], resources: ["nodes"], verbs: ["get"] },
    ],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: role },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
    subjects: [{ kind: "ServiceAccount", ...corednsAccount }],
  },
];
