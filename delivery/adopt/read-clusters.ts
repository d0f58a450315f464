import { UserError, type Problem } from "../../model/problem";
import type { StackConfig } from "../../model/schema/stack";
import { furtherAccess, homeAccess, type ClusterAccess } from "../cluster/cluster-access";
import type { ClusterOptions } from "../cluster/kubeconfig-source";
import { visitCluster } from "../cluster/visit-cluster";
import { furtherClusters } from "./destination-cluster";
import type { FoundObject } from "./found-object";
import { readCluster, readNamespaces } from "./read-cluster";
import type { ReadObjects } from "./read-files";

/**
 * What there is to adopt: Argo CD's cluster, and the namespaces of the further clusters that its Applications run on.
 * A further cluster that cannot be looked at is told of, and does not keep the rest from being adopted.
 * @param namespace that of Argo CD
 * @throws UserError when Argo CD's own cluster cannot be read
 */
export async function readClusters(
  config: StackConfig,
  options: ClusterOptions,
  namespace: string,
): Promise<ReadObjects> {
  const objects = await visitCluster(homeAccess(config), options, (api, target) =>
    readCluster({ api, target }, namespace),
  );
  const used = furtherClusters(objects, config.clusters ?? {});
  const ways = furtherAccess(config).filter(({ cluster }) => used.includes(cluster));
  const further = await Promise.all(ways.map((access) => readFurther(access, options)));
  const unread = further.flatMap(({ cluster, problem }) =>
    problem === undefined ? [] : [[cluster, problem] as const],
  );
  return {
    objects: [...objects, ...further.flatMap((one) => one.objects)],
    notes: [],
    warnings: [],
    unread: Object.fromEntries(unread),
  };
}

interface FurtherCluster {
  readonly cluster: string;
  readonly objects: readonly FoundObject[];
  /** Why it could not be looked at. */
  readonly problem?: Problem | undefined;
}

async function readFurther(access: ClusterAccess, options: ClusterOptions): Promise<FurtherCluster> {
  const { cluster } = access;
  try {
    const objects = await visitCluster(access, options, (api, target) => readNamespaces({ api, target, cluster }));
    return { cluster, objects };
  } catch (error) {
    options.signal.throwIfAborted();
    if (!(error instanceof UserError)) throw error;
    return { cluster, objects: [], problem: error.problems[0] };
  }
}
