import type { ManifestSource } from "../../model/argocd-settings";
import { plural } from "../../model/plural";
import { isThere, look, type ApiObject, type ClusterApi, type Looked } from "../cluster/cluster-api";
import type { Finding } from "./finding";

/** The variant `ha` keeps its Redis apart by a required anti-affinity: each of three pods wants a node of its own. */
const HA_NODES = 3;

export interface Node extends ApiObject {
  readonly spec?: {
    readonly unschedulable?: boolean;
    readonly providerID?: string;
    readonly taints?: readonly { readonly effect: string }[];
  };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

export async function gatherNodes(api: ClusterApi): Promise<Looked<readonly Node[]>> {
  const found = await look<{ items: readonly Node[] }>(api, "/api/v1/nodes?limit=500");
  return isThere(found) ? found.items : found;
}

/** Whether an ordinary pod can be put there. */
function isOpen({ spec, status }: Node): boolean {
  const ready = status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True");
  const closed = spec?.unschedulable === true || spec?.taints?.some(({ effect }) => effect !== "PreferNoSchedule");
  return ready === true && closed !== true;
}

export function judgeNodes(found: Looked<readonly Node[]>, variant: ManifestSource["variant"]): readonly Finding[] {
  if (!Array.isArray(found)) {
    return [
      { check: "nodes", severity: "note", message: "you may not list nodes: whether pods find room is not known" },
    ];
  }
  const nodes = found as readonly Node[];
  const open = nodes.filter(isOpen).length;
  const amount = `${String(open)} of ${plural(nodes.length, "node")} ${open === 1 ? "takes" : "take"} pods`;
  if (open === 0) {
    return [
      {
        check: "nodes",
        severity: "error",
        message: `${amount}: Argo CD would never become available`,
        fix: "add a node that is ready, not cordoned and without a taint NoSchedule, unless an autoscaler will",
      },
    ];
  }
  if (variant === "ha" && open < HA_NODES) {
    return [
      {
        check: "nodes",
        severity: "error",
        message: `${amount}, but the variant ha needs ${String(HA_NODES)}: its Redis pods keep apart`,
        fix: "add nodes, unless an autoscaler will, or set gitops-factory:argocd.manifests.variant to install",
      },
    ];
  }
  return [{ check: "nodes", severity: "ok", message: amount }];
}
