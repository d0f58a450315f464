import { describe, expect, it } from "vitest";
import { gatherServiceMonitors, judgeServiceMonitors } from "../../../../delivery/doctor/service-monitors";
import type { MetricsSettings } from "../../../../model/argocd-settings";
import { fakeApi } from "./fake-api";

const CRD = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/servicemonitors.monitoring.coreos.com";
const WANTED: MetricsSettings = { kind: "serviceMonitors", labels: {} };

async function judge(metrics: MetricsSettings, answer: object | number) {
  return judgeServiceMonitors(await gatherServiceMonitors(metrics, fakeApi({ [CRD]: answer })));
}

describe("ServiceMonitors", () => {
  it("need the Prometheus operator's kinds", async () => {
    expect(await judge(WANTED, 404)).toMatchObject([{ check: "argocd", severity: "error" }]);
    expect(await judge(WANTED, { metadata: { name: "servicemonitors" } })).toEqual([]);
  });

  it("are not asked for by a stack that declares none, and not judged where nothing may be seen", async () => {
    expect(await judge({ kind: "annotations" }, 404)).toEqual([]);
    expect(await judge(WANTED, 403)).toEqual([]);
  });
});
