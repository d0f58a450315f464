import type { StackConfig } from "../../model/schema/stack";
import { furtherAccess, HOME, homeAccess } from "../cluster/cluster-access";
import type { ClusterOptions } from "../cluster/kubeconfig-source";
import { visitCluster } from "../cluster/visit-cluster";
import type { KeptObject } from "./adoption";
import { takeOver } from "./take-over";

/**
 * Makes the program the owner of what it will declare, on each cluster that it lies on, Argo CD's own first.
 * @returns the objects whose owners changed
 * @throws UserError when a cluster cannot be reached or refuses; what is done then stays done
 */
export async function takeOverClusters(
  config: StackConfig,
  options: ClusterOptions,
  objects: readonly KeptObject[],
): Promise<readonly KeptObject[]> {
  const changed: KeptObject[] = [];
  for (const access of [homeAccess(config), ...furtherAccess(config)]) {
    const own = objects.filter(({ cluster = HOME }) => cluster === access.cluster);
    if (own.length === 0) continue;
    changed.push(...(await visitCluster(access, options, (api, target) => takeOver({ api, target }, own))));
  }
  return changed;
}
