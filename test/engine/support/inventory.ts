import type { Factory } from "./factory";
import type { LiveObject } from "./kubectl";

/** What the cluster itself makes and unmakes beside what one declares, and what comes and goes with time. */
const PASSING = ["events", "events.events.k8s.io", "leases.coordination.k8s.io", "componentstatuses"];
const DERIVED = ["Pod", "ReplicaSet", "ControllerRevision", "Endpoints", "EndpointSlice"];

/**
 * Every object of the cluster as `Kind namespace/name`, sorted, without those that its controllers derive from
 * others.
 */
export async function inventory(factory: Factory): Promise<string[]> {
  const kinds = (await factory.kubectl("api-resources --verbs=list -o name --cached=false")).split(/\s+/);
  const objects = await factory.list(kinds.filter((kind) => !PASSING.includes(kind)).join(","));
  return objects
    .filter((object) => !isDerived(object))
    .map(identity)
    .sort();
}

/** `Kind namespace/name`, of a cluster-wide object `Kind name`. */
export function identity({ kind, metadata: { namespace, name } }: LiveObject): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

function isDerived({ kind, metadata: { name, labels, ownerReferences = [] } }: LiveObject): boolean {
  return (
    DERIVED.includes(kind) ||
    ownerReferences.length > 0 ||
    (kind === "ConfigMap" && name === "kube-root-ca.crt") ||
    (kind === "ServiceAccount" && name === "default") ||
    // The API server registers the group of every CRD.
    (kind === "APIService" && labels?.["kube-aggregator.kubernetes.io/automanaged"] !== undefined) ||
    // Of each Service's address.
    kind === "IPAddress"
  );
}
