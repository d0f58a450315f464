import type { WorkloadSettings } from "../../model/argocd-settings";
import type { KubernetesObject } from "../../manifests/kubernetes-object";
import { isWorkload } from "./workload";
import type { Container } from "./workload";

/** Sets replicas, and the resources of the first container, which is the one that the workload is named after. */
export function patchWorkload(
  object: KubernetesObject,
  settings: Readonly<Record<string, WorkloadSettings>>,
): KubernetesObject {
  const wanted = Object.hasOwn(settings, object.metadata.name) ? settings[object.metadata.name] : undefined;
  if (wanted === undefined || !isWorkload(object)) return object;
  const { replicas, resources } = wanted;
  const { template } = object.spec;
  const containers = template.spec.containers.map((container, index) => ({
    ...(replicas === undefined ? container : withReplicaCount(container, replicas)),
    ...(index === 0 && resources !== undefined && { resources }),
  }));
  return {
    ...object,
    spec: {
      ...object.spec,
      ...(replicas !== undefined && { replicas }),
      template: { ...template, spec: { ...template.spec, containers } },
    },
  };
}

/**
 * The application controller shares out its clusters, and the API server its limit of logins, by the number of
 * replicas, which both read from a variable (`ARGOCD_CONTROLLER_REPLICAS`, `ARGOCD_API_SERVER_REPLICAS`).
 */
function withReplicaCount(container: Container, replicas: number): Container {
  const counted = container.env?.map((variable) =>
    /^ARGOCD_[A-Z_]+_REPLICAS$/.test(variable.name) && variable.value !== undefined
      ? { ...variable, value: String(replicas) }
      : variable,
  );
  return counted === undefined ? container : { ...container, env: counted };
}
