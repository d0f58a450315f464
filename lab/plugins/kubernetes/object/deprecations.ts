import { type GroupVersionKind, groupVersion } from "./gvk";

interface Removal {
  /** The Kubernetes version that no longer serves it, as major * 100 + minor. */
  readonly removed: number;
  readonly replacement: string;
}

/**
 * Versions of built-in kinds that Kubernetes gave up.
 * Source: https://kubernetes.io/docs/reference/using-api/deprecation-guide/.
 */
const removals: Readonly<Record<string, Removal>> = Object.fromEntries(
  (
    [
      [122, "admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfiguration ValidatingWebhookConfiguration"],
      [122, "apiextensions.k8s.io/v1beta1", "CustomResourceDefinition"],
      [122, "apiregistration.k8s.io/v1beta1", "APIService"],
      [116, "apps/v1beta1", "Deployment StatefulSet"],
      [116, "apps/v1beta2", "DaemonSet Deployment ReplicaSet StatefulSet"],
      [122, "authentication.k8s.io/v1beta1", "TokenReview"],
      [125, "autoscaling/v2beta1", "HorizontalPodAutoscaler", "autoscaling/v2"],
      [126, "autoscaling/v2beta2", "HorizontalPodAutoscaler", "autoscaling/v2"],
      [125, "batch/v1beta1", "CronJob"],
      [122, "certificates.k8s.io/v1beta1", "CertificateSigningRequest"],
      [122, "coordination.k8s.io/v1beta1", "Lease"],
      [125, "discovery.k8s.io/v1beta1", "EndpointSlice"],
      [125, "events.k8s.io/v1beta1", "Event"],
      [116, "extensions/v1beta1", "DaemonSet Deployment ReplicaSet", "apps/v1"],
      [122, "extensions/v1beta1", "Ingress", "networking.k8s.io/v1"],
      [116, "extensions/v1beta1", "NetworkPolicy", "networking.k8s.io/v1"],
      [129, "flowcontrol.apiserver.k8s.io/v1beta2", "FlowSchema PriorityLevelConfiguration"],
      [132, "flowcontrol.apiserver.k8s.io/v1beta3", "FlowSchema PriorityLevelConfiguration"],
      [122, "networking.k8s.io/v1beta1", "Ingress IngressClass"],
      [125, "node.k8s.io/v1beta1", "RuntimeClass"],
      [125, "policy/v1beta1", "PodDisruptionBudget"],
      [122, "rbac.authorization.k8s.io/v1beta1", "ClusterRole ClusterRoleBinding Role RoleBinding"],
      [122, "scheduling.k8s.io/v1beta1", "PriorityClass"],
      [127, "storage.k8s.io/v1beta1", "CSIStorageCapacity"],
      [122, "storage.k8s.io/v1beta1", "CSIDriver CSINode StorageClass VolumeAttachment"],
    ] as const
  ).flatMap(([removed, apiVersion, kinds, successor]) => {
    const replacement = successor ?? apiVersion.replace(/\/.*/, "/v1");
    return kinds
      .split(" ")
      .map((kind) => [`${apiVersion}/${kind}`, { removed, replacement: `${replacement}/${kind}` }]);
  }),
);

/** What to tell about a kind's version that is or will be gone; `undefined` when it is fine. */
export function deprecation(gvk: GroupVersionKind, clusterVersion: number): string | undefined {
  const name = `${groupVersion(gvk)}/${gvk.kind}`;
  const found = Object.hasOwn(removals, name) ? removals[name] : undefined;
  if (found === undefined) return undefined;
  const release = `v${Math.floor(found.removed / 100)}.${found.removed % 100}`;
  return clusterVersion >= found.removed
    ? `${name} was removed in Kubernetes ${release}: use ${found.replacement} instead`
    : `${name} is deprecated by ${found.replacement} and not supported by Kubernetes ${release} and later`;
}
