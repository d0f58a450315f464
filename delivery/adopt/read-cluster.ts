import { UserError } from "../../model/problem";
import { messageOf } from "../cluster/cluster-api";
import type { ClusterApi } from "../cluster/cluster-api";
import { isFields, listAt } from "./found-object";
import type { FoundObject } from "./found-object";
import { foundObject } from "./parse-objects";

const ORIGIN = "the cluster";

/**
 * What there is to adopt in a cluster: Argo CD's objects and the Secrets of its repositories in its namespace, and of all
 * namespaces what confines them.
 * @param namespace that of Argo CD
 * @throws UserError when the cluster has no Argo CD there, or does not let us look
 */
export async function readCluster(api: ClusterApi, namespace: string): Promise<readonly FoundObject[]> {
  const argo = `/apis/argoproj.io/v1alpha1/namespaces/${namespace}`;
  const label = encodeURIComponent("argocd.argoproj.io/secret-type in (repository,repo-creds)");
  const lists: readonly (readonly [path: string, apiVersion: string, kind: string])[] = [
    [`${argo}/applications`, "argoproj.io/v1alpha1", "Application"],
    [`${argo}/appprojects`, "argoproj.io/v1alpha1", "AppProject"],
    [`${argo}/applicationsets`, "argoproj.io/v1alpha1", "ApplicationSet"],
    [`/api/v1/namespaces/${namespace}/secrets?labelSelector=${label}`, "v1", "Secret"],
    ["/api/v1/namespaces", "v1", "Namespace"],
    ["/api/v1/resourcequotas", "v1", "ResourceQuota"],
    ["/api/v1/limitranges", "v1", "LimitRange"],
    ["/apis/networking.k8s.io/v1/networkpolicies", "networking.k8s.io/v1", "NetworkPolicy"],
  ];
  const found = await Promise.all(
    lists.map(([path, apiVersion, kind]) => list(api, path, { apiVersion, kind }, namespace)),
  );
  return found.flat();
}

async function list(
  api: ClusterApi,
  path: string,
  type: { readonly apiVersion: string; readonly kind: string },
  namespace: string,
): Promise<readonly FoundObject[]> {
  const { status, body } = await api.get(path);
  if (status === 200 && isFields(body)) {
    return listAt(body, "items").flatMap(
      (item) => foundObject({ ...(isFields(item) ? item : {}), ...type }, ORIGIN) ?? [],
    );
  }
  const isAbsent = status === 404;
  throw new UserError([
    {
      severity: "error",
      file: ORIGIN,
      path: path.split("?")[0] ?? path,
      message: isAbsent
        ? "the cluster does not know this kind: it has no Argo CD"
        : `it cannot be read: ${messageOf(body)}`,
      value: String(status),
      fix: isAbsent
        ? "name the cluster with --context or --kubeconfig"
        : `have an account that may list ${type.kind}s, in ${namespace} or everywhere as the path says`,
    },
  ]);
}
