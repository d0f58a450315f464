import type { MetricsSettings } from "../../model/argocd-settings";
import type { KubernetesObject } from "../../manifests/kubernetes-object";

interface Port {
  readonly name?: string;
  readonly port: number;
}

/** The port of a Service behind which there are metrics; the official manifests call it so. */
function metricsPort(object: KubernetesObject): Port | undefined {
  if (object.kind !== "Service") return undefined;
  const { ports = [] } = object["spec"] as { readonly ports?: readonly Port[] };
  return ports.find(({ name }) => name === "metrics");
}

/** Has a Prometheus that looks for annotations scrape a Service with metrics. */
export function patchMetrics(object: KubernetesObject, { kind }: MetricsSettings): KubernetesObject {
  const port = kind === "annotations" ? metricsPort(object) : undefined;
  if (port === undefined) return object;
  const annotations = {
    ...object.metadata.annotations,
    "prometheus.io/scrape": "true",
    "prometheus.io/port": String(port.port),
  };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/**
 * A ServiceMonitor for each Service with metrics:
 * https://argo-cd.readthedocs.io/en/stable/operator-manual/metrics/#prometheus-operator
 */
export function serviceMonitors(objects: readonly KubernetesObject[], metrics: MetricsSettings): KubernetesObject[] {
  if (metrics.kind !== "serviceMonitors") return [];
  return objects
    .filter((object) => metricsPort(object) !== undefined)
    .map(({ metadata: { name, namespace, labels } }) => ({
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      metadata: { name, ...(namespace !== undefined && { namespace }), labels: metrics.labels },
      spec: {
        selector: { matchLabels: { "app.kubernetes.io/name": labels?.["app.kubernetes.io/name"] ?? name } },
        endpoints: [{ port: "metrics" }],
      },
    }));
}
