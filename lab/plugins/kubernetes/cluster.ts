import { KubeClient } from "./api/client";
import { clusterAccess, readDefaultKubeconfig, readKubeconfig } from "./api/kubeconfig";
import { Stores } from "./await/store";
import type { Settings } from "./config/settings";

/** The cluster that the provider is configured for: reached, or not and why. */
export type Cluster = ReachedCluster | UnreachedCluster;

export interface ReachedCluster {
  readonly reachable: true;
  readonly client: KubeClient;
  /** The collections that waits look at, shared between them. */
  readonly stores: Stores;
  /** The namespace of objects that name none. */
  readonly namespace: string;
  /** The Kubernetes version as major * 100 + minor; 0 when the server does not tell. */
  readonly version: number;
}

export interface UnreachedCluster {
  readonly reachable: false;
  readonly reason: string;
  readonly namespace: string;
}

/**
 * Reaches the cluster that the settings name, and learns what kinds it has. A cluster that cannot be reached is no
 * error yet: previews and clean-ups go on without it.
 */
export async function reachCluster(settings: Settings): Promise<Cluster> {
  let namespace = settings.namespace ?? "default";
  try {
    const config = settings.kubeconfig === undefined ? readDefaultKubeconfig() : readKubeconfig(settings.kubeconfig);
    const access = clusterAccess(config, settings);
    namespace = settings.namespace ?? access.namespace;
    const client = new KubeClient(access, settings.limits);
    const [version] = await Promise.all([serverVersion(client), client.discovery.all()]);
    return { reachable: true, client, stores: new Stores(client), namespace, version };
  } catch (error) {
    return { reachable: false, reason: error instanceof Error ? error.message : String(error), namespace };
  }
}

async function serverVersion(client: KubeClient): Promise<number> {
  const { major, minor } = await client.transport.send<{ major: string; minor: string }>({
    method: "GET",
    path: "/version",
  });
  const version = Number.parseInt(major, 10) * 100 + Number.parseInt(minor, 10);
  return Number.isNaN(version) ? 0 : version;
}
