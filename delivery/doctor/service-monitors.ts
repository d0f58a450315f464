import type { MetricsSettings } from "../../model/argocd-settings";
import { look, type ApiObject, type ClusterApi, type Looked } from "../cluster/cluster-api";
import type { Finding } from "./finding";

const CRD = "servicemonitors.monitoring.coreos.com";

/** The kind that the stack's ServiceMonitors are of; nothing where it declares none. */
export async function gatherServiceMonitors(
  { kind }: MetricsSettings,
  api: ClusterApi,
): Promise<Looked<ApiObject> | undefined> {
  if (kind !== "serviceMonitors") return undefined;
  return look<ApiObject>(api, `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${CRD}`);
}

/** Objects of a kind that the cluster does not know end the update. */
export function judgeServiceMonitors(crd: Looked<ApiObject> | undefined): readonly Finding[] {
  if (crd !== "absent") return [];
  return [
    {
      check: "argocd",
      severity: "error",
      message: `the stack declares ServiceMonitors, and the cluster has no ${CRD}`,
      fix: "install the Prometheus operator first, or set gitops-factory:argocd.metrics.by to annotations",
    },
  ];
}
