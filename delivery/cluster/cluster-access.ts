import type { StackConfig } from "../../model/schema/stack";

/** What Argo CD and the catalogue call the cluster that Argo CD runs on. */
export const HOME = "in-cluster";

/** How a stack's config says that a cluster is reached; with neither of the two, as kubectl does by itself. */
export interface ClusterAccess {
  /** `in-cluster`, or the name of a further cluster. */
  readonly cluster: string;
  /** The name of the secret that holds a kubeconfig. */
  readonly secret?: string;
  /** A context of the secret's kubeconfig, else of the ambient one. */
  readonly context?: string;
}

/** The way to the cluster that Argo CD runs on. */
export function homeAccess({ kubernetes = {} }: StackConfig): ClusterAccess {
  return accessOf(HOME, kubernetes);
}

/** The ways to the further clusters, sorted by name. */
export function furtherAccess({ clusters = {} }: StackConfig): readonly ClusterAccess[] {
  return Object.entries(clusters)
    .map(([name, cluster]) => accessOf(name, cluster))
    .sort((one, other) => (one.cluster < other.cluster ? -1 : 1));
}

function accessOf(
  cluster: string,
  { kubeconfig, context }: { readonly kubeconfig?: string | undefined; readonly context?: string | undefined },
): ClusterAccess {
  return {
    cluster,
    ...(kubeconfig !== undefined && { secret: kubeconfig }),
    ...(context !== undefined && { context }),
  };
}
