import { UserError, type Problem } from "../../model/problem";
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
  return readLists([...lists.map((one) => list(from, one, namespace)), ...AROUND.map((one) => list(from, one))]);
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
  return readLists(AROUND.map((one) => list(from, one)));
}

/** All that is refused is told at once, so that rights have to be asked for but once. */
async function readLists(lists: readonly Promise<readonly FoundObject[] | Problem>[]): Promise<readonly FoundObject[]> {
  const answers = await Promise.all(lists);
  const problems = answers.filter((answer): answer is Problem => "message" in answer);
  const byText = new Map(problems.map((problem) => [problem.message, problem]));
  if (byText.size > 0) throw new UserError([...byText.values()]);
  return answers.flatMap((answer) => ("message" in answer ? [] : answer));
}

/** @param namespace absent for all of them */
async function list(
  { api, target, cluster }: ClusterToRead,
  [path, apiVersion, kind]: List,
  namespace?: string,
): Promise<readonly FoundObject[] | Problem> {
  const answer = await api.get(path);
  const { status, body } = answer;
  if (status === 200 && isFields(body)) {
    const origin = cluster === undefined ? "the cluster" : `the cluster ${cluster}`;
    return listAt(body, "items")
      .flatMap((item) => foundObject({ ...(isFields(item) ? item : {}), apiVersion, kind }, origin) ?? [])
      .map((object) => (cluster === undefined ? object : { ...object, cluster }));
  }
  if (status === 404 && namespace !== undefined) return noArgoCd(target, namespace);
  const kinds = `${kind.replace(/y$/, "ie")}s`;
  return refusedProblem(
    target,
    `list ${kinds} ${namespace === undefined ? "of all namespaces" : `in ${namespace}`}`,
    answer,
  );
}
