import type { GroupKind } from "./project";

/**
 * Kinds that would let a project undo its own guards: NetworkPolicies add up, so that any further one opens.
 * The core group is the empty string: Argo CD matches group and kind apart, and `v1` matches nothing.
 */
export const GUARDED_KINDS: readonly GroupKind[] = [
  { group: "", kind: "ResourceQuota" },
  { group: "", kind: "LimitRange" },
  { group: "networking.k8s.io", kind: "NetworkPolicy" },
  { group: "crd.projectcalico.org", kind: "NetworkPolicy" },
  { group: "projectcalico.org", kind: "NetworkPolicy" },
  { group: "cilium.io", kind: "CiliumNetworkPolicy" },
];
