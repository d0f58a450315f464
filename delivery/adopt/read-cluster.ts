import { UserError } from "../../model/problem";
import type { ClusterApi } from "../cluster/cluster-api";
import type { KubeTarget } from "../cluster/kube-target";
import { noArgoCd, refusedProblem } from "../cluster/server-problems";
import { isFields, listAt } from "./found-object";
import type { FoundObject } from "./found-object";
import { foundObject } from "./parse-objects";

/** One cluster as it is read. */
export interface ClusterToRead {
  readonly api: ClusterApi;
  readonly target: KubeTarget;
  /** The name of a further cluster; absent for Argo CD's own. */
  readonly cluster?: string;
}

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

type List = readonly [path: string, apiVersion: string, kind: string];

/**
 * What there is to adopt in Argo CD's cluster: its objects and the Secrets of its repositories and clusters in its
 * namespace, and of all namespaces what confines them.
 * @param namespace that of Argo CD
 * @throws UserError when the cluster has no Argo CD there, or does not let us look
 */
export async function readCluster(from: ClusterToRead, namespace: string): Promise<readonly FoundObject[]> {
  const argo = `/apis/argoproj.io/v1alpha1/namespaces/${namespace}`;
  const label = encodeURIComponent("argocd.argoproj.io/secret-type in (repository,repo-creds,cluster)");
  const lists: readonly List[] = [
    [`${argo}/applications`, "argoproj.io/v1alpha1", "Application"],
    [`${argo}/appprojects`, "argoproj.io/v1alpha1", "AppProject"],
    [`${argo}/applicationsets`, "argoproj.io/v1alpha1", "ApplicationSet"],
    [`/api/v1/namespaces/${namespace}/secrets?labelSelector=${label}`, "v1", "Secret"],
  ];
  const [own, around] = await Promise.all([readLists(from, lists, namespace), readNamespaces(from)]);
  return [...own, ...around];
}

const AROUND: readonly List[] = [
  ["/api/v1/namespaces", "v1", "Namespace"],
  ["/api/v1/resourcequotas", "v1", "ResourceQuota"],
  ["/api/v1/limitranges", "v1", "LimitRange"],
  ["/apis/networking.k8s.io/v1/networkpolicies", "networking.k8s.io/v1", "NetworkPolicy"],
];

/**
 * A cluster's namespaces, and what confines them.
 * @throws UserError when the cluster does not let us look
 */
export function readNamespaces(from: ClusterToRead): Promise<readonly FoundObject[]> {
  return readLists(from, AROUND);
}

async function readLists(
  from: ClusterToRead,
  lists: readonly List[],
  namespace?: string,
): Promise<readonly FoundObject[]> {
  const found = await Promise.all(
    lists.map(([path, apiVersion, kind]) => list(from, path, { apiVersion, kind }, namespace)),
  );
  return found.flat();
}

async function list(
  { api, target, cluster }: ClusterToRead,
  path: string,
  type: Kind,
  namespace: string | undefined,
): Promise<readonly FoundObject[]> {
  const answer = await api.get(path);
  const { status, body } = answer;
  if (status === 200 && isFields(body)) {
    const origin = cluster === undefined ? "the cluster" : `the cluster ${cluster}`;
    return listAt(body, "items")
      .flatMap((item) => foundObject({ ...(isFields(item) ? item : {}), ...type }, origin) ?? [])
      .map((object) => (cluster === undefined ? object : { ...object, cluster }));
  }
  const what = `list ${type.kind}s ${namespace === undefined ? "of all namespaces" : `in ${namespace}`}`;
  throw new UserError([
    status === 404 && namespace !== undefined ? noArgoCd(target, namespace) : refusedProblem(target, what, answer),
  ]);
}
