/** Kinds that Kubernetes itself brings, by API group: https://kubernetes.io/docs/reference/kubernetes-api/ */
const KINDS: Readonly<Record<string, string>> = {
  "": "ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount",
  "admissionregistration.k8s.io":
    "MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration",
  "apiextensions.k8s.io": "CustomResourceDefinition",
  "apiregistration.k8s.io": "APIService",
  apps: "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet",
  autoscaling: "HorizontalPodAutoscaler",
  batch: "CronJob Job",
  "certificates.k8s.io": "CertificateSigningRequest",
  "coordination.k8s.io": "Lease",
  "discovery.k8s.io": "EndpointSlice",
  "events.k8s.io": "Event",
  "networking.k8s.io": "Ingress IngressClass NetworkPolicy",
  "node.k8s.io": "RuntimeClass",
  policy: "PodDisruptionBudget",
  "rbac.authorization.k8s.io": "ClusterRole ClusterRoleBinding Role RoleBinding",
  "scheduling.k8s.io": "PriorityClass",
  "storage.k8s.io": "CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment",
};

/** Groups by kind: `Event` has two. */
const GROUPS = new Map<string, readonly string[]>();
for (const [group, kinds] of Object.entries(KINDS)) {
  for (const kind of kinds.split(" ")) GROUPS.set(kind, [...(GROUPS.get(kind) ?? []), group]);
}

export const BUILTIN_KINDS: readonly string[] = [...GROUPS.keys()];

export function isBuiltinGroup(group: string): boolean {
  return Object.hasOwn(KINDS, group);
}

/** The groups that have a kind; empty for one that only an extension may have. */
export function groupsOf(kind: string): readonly string[] {
  return GROUPS.get(kind) ?? [];
}

/** The kind that somebody meant who wrote its plural, or in lower case: `networkpolicies`. */
export function kindMeant(text: string): string | undefined {
  const word = text.toLowerCase();
  const singular = [word, word.replace(/ies$/, "y"), word.replace(/es$/, ""), word.replace(/s$/, "")];
  return BUILTIN_KINDS.find((kind) => singular.includes(kind.toLowerCase()));
}
