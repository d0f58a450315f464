import { describe, expect, it } from "vitest";
import { ArgoCd } from "../../../../components/argocd/argo-cd";
import { patchManifests } from "../../../../components/argocd/patch-manifests";
import type { MetricsSettings } from "../../../../model/argocd-settings";
import { declared, named } from "../declared";
import type { Declared } from "../declared";
import { FURTHER_MANIFESTS, MANIFESTS, objectNamed } from "./manifests";
import { argocdSettings } from "./settings";

const WITH_METRICS = [...MANIFESTS, ...FURTHER_MANIFESTS];

function install(metrics: MetricsSettings): Promise<Declared[]> {
  const settings = argocdSettings({ metrics, namespace: "gitops" });
  return declared(() => new ArgoCd("argocd", { settings, manifests: WITH_METRICS }));
}

function annotationsOf(metrics: MetricsSettings, service: string): unknown {
  const objects = patchManifests(WITH_METRICS, argocdSettings({ metrics }));
  return objectNamed(objects, "Service", service).metadata.annotations;
}

describe("the metrics of Argo CD", () => {
  it("are found by annotations on the Services that have some", () => {
    expect(annotationsOf({ kind: "annotations" }, "argocd-metrics")).toEqual({
      "prometheus.io/scrape": "true",
      "prometheus.io/port": "8082",
    });
    expect(annotationsOf({ kind: "annotations" }, "argocd-server")).toBeUndefined();
    expect(annotationsOf({ kind: "none" }, "argocd-metrics")).toBeUndefined();
  });

  it("are found by a ServiceMonitor for each of these Services", async () => {
    const resources = await install({ kind: "serviceMonitors", labels: { release: "prometheus" } });
    expect(named(resources, "argocd-servicemonitor-argocd-metrics")).toMatchObject({
      deletedWith: "argocd-namespace",
      inputs: {
        apiVersion: "monitoring.coreos.com/v1",
        metadata: { name: "argocd-metrics", namespace: "gitops", labels: { release: "prometheus" } },
        spec: {
          selector: { matchLabels: { "app.kubernetes.io/name": "argocd-metrics" } },
          endpoints: [{ port: "metrics" }],
        },
      },
    });
    expect(resources.filter(({ type }) => type.endsWith(":ServiceMonitor"))).toHaveLength(1);
    expect(annotationsOf({ kind: "serviceMonitors", labels: {} }, "argocd-metrics")).toBeUndefined();
  });

  it("have no ServiceMonitor unless one is wanted: the cluster may not know the kind", async () => {
    const resources = await install({ kind: "annotations" });
    expect(resources.filter(({ type }) => type.endsWith(":ServiceMonitor"))).toEqual([]);
  });
});
