import { isPropertyMap } from "../../rpc";
import { type KubeObject, at, listAt, nameOf, stringAt } from "../object/object";
import { type ReadinessRule, type Verdict, ready, waiting } from "./verdict";

/** How long a Service without any endpoint is given for Pods to appear, in milliseconds. */
const settleTime = 10_000;

/**
 * A Service is ready when none of the Pods that it selects is unready, and a load balancer has its address. Services
 * without selector, headless ones and external names have no Pods to wait for.
 */
export const service: ReadinessRule = {
  related: [{ apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice" }],
  judge(object, related) {
    const endpoints = hasPods(object) ? judgeEndpoints(object, related("EndpointSlice")) : ready;
    if (endpoints.state === "waiting" || !isLoadBalancer(object)) return endpoints;
    if (listAt(object, "status", "loadBalancer", "ingress").length > 0) return endpoints;
    return waiting("waiting for an address of the load balancer", [
      "the Service was given no load balancer address: the cluster may have no load balancer controller",
    ]);
  },
};

function judgeEndpoints(object: KubeObject, slices: readonly KubeObject[]): Verdict {
  const own = slices.filter(
    (slice) => stringAt(slice, "metadata", "labels", "kubernetes.io/service-name") === nameOf(object),
  );
  if (own.length === 0) return waiting("waiting for the Service's endpoints");
  const endpoints = own.flatMap((slice) => listAt(slice, "endpoints"));
  const unready = endpoints.filter((endpoint) => at(endpoint, "conditions", "ready") === false);
  if (unready.length > 0) {
    const names = unready.map((endpoint) => stringAt(endpoint, "targetRef", "name")).filter((name) => name !== "");
    return waiting(
      `waiting for Pods behind the Service (${endpoints.length - unready.length} of ${endpoints.length})`,
      [`${unready.length} of ${endpoints.length} Pods behind the Service are not ready: ${names.join(", ")}`],
    );
  }
  if (endpoints.length > 0) return ready;
  return { state: "settling", milliseconds: settleTime, progress: "waiting for Pods that the Service selects" };
}

function hasPods(object: KubeObject): boolean {
  const selector = at(object, "spec", "selector");
  return (
    stringAt(object, "spec", "type") !== "ExternalName" &&
    stringAt(object, "spec", "clusterIP") !== "None" &&
    isPropertyMap(selector) &&
    Object.keys(selector).length > 0
  );
}

function isLoadBalancer(object: KubeObject): boolean {
  return stringAt(object, "spec", "type") === "LoadBalancer";
}
