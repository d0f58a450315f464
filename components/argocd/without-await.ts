import type { KubernetesObject } from "../../manifests/kubernetes-object";

/**
 * Has the provider call an object ready as soon as it is made. It would wait for minutes until a Service has pods, and
 * every wait takes one of the steps that the engine does at a time, four for each processor: on two processors Argo
 * CD's eight Services take them all, and the Deployments that bring those pods do not get their turn.
 */
export function withoutAwait(object: KubernetesObject): KubernetesObject {
  const annotations = { ...object.metadata.annotations, "pulumi.com/skipAwait": "true" };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
