import type { LiveObject } from "../../engine/support/kubectl";

interface Monitor {
  readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly endpoints: readonly { readonly port: string }[];
}

interface Port {
  readonly name?: string;
  readonly port: number;
}

/** Which of the Services a ServiceMonitor chooses, and their ports, as the Prometheus operator would. */
export function chosenBy({ spec }: LiveObject, services: readonly LiveObject[]): [services: string, ports: string] {
  const { selector, endpoints } = spec as unknown as Monitor;
  const wanted = Object.entries(selector.matchLabels);
  const found = services.filter(({ metadata }) => wanted.every(([key, value]) => metadata.labels?.[key] === value));
  const ports = found.flatMap((service) => (service.spec?.["ports"] ?? []) as Port[]);
  const scraped = ports.filter(({ name }) => endpoints.some(({ port }) => port === name));
  return [found.map(({ metadata }) => metadata.name).join(), scraped.map(({ port }) => port).join()];
}

/** The kind of the Prometheus operator, without its rules. */
export const serviceMonitorDefinition = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "servicemonitors.monitoring.coreos.com" },
  spec: {
    group: "monitoring.coreos.com",
    names: { kind: "ServiceMonitor", plural: "servicemonitors", singular: "servicemonitor" },
    scope: "Namespaced",
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
      },
    ],
  },
};
