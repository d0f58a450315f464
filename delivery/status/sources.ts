import { loadPlatform } from "../../model/load";
import { UserError, type Problem } from "../../model/problem";
import type { ArgoCdApi } from "../argocd/argocd-api";
import type { Application } from "../argocd/application";
import { homeAccess } from "../cluster/cluster-access";
import type { Answer, ClusterApi } from "../cluster/cluster-api";
import type { KubeTarget } from "../cluster/kube-target";
import type { ClusterOptions } from "../cluster/kubeconfig-source";
import { noArgoCd, refusedProblem } from "../cluster/server-problems";
import { visitCluster } from "../cluster/visit-cluster";
import { entryOf, isAskedFor, type ClusterNames, type Filter, type StatusEntry } from "./entry";

/** How many commits are asked for at once. */
const AT_ONCE = 8;

/** What an Argo CD's API tells, with the commits' authors and titles. */
export async function statusOfServer(api: ArgoCdApi, filter: Filter): Promise<readonly StatusEntry[]> {
  const applications = await api.applications();
  const entries = applications.map((one) => entryOf(one, api.url)).filter((one) => isAskedFor(one, filter));
  const told: StatusEntry[] = [];
  for (let start = 0; start < entries.length; start += AT_ONCE) {
    told.push(...(await Promise.all(entries.slice(start, start + AT_ONCE).map((entry) => withCommit(api, entry)))));
  }
  return told;
}

async function withCommit(api: ArgoCdApi, entry: StatusEntry): Promise<StatusEntry> {
  const { delivery, application } = entry;
  if (delivery === undefined || delivery.revision === "") return entry;
  const commit = await api.revisionMetadata(application, delivery.revision);
  if (commit === undefined) return entry;
  const author = commit.author?.replace(/\s*<[^>]*>\s*$/, "");
  const title = commit.message?.split("\n")[0];
  return {
    ...entry,
    delivery: { ...delivery, ...(author !== undefined && { author }), ...(title !== undefined && { title }) },
  };
}

export interface StackOptions extends ClusterOptions {
  readonly stack: string;
}

/** What the Applications of a stack's cluster say, by way of kubectl. Throws as `applicationsOfStack` does. */
export async function statusOfStack(options: StackOptions, filter: Filter): Promise<readonly StatusEntry[]> {
  const { from, applications, clusters } = await applicationsOfStack(options);
  return applications.map((one) => entryOf(one, from, clusters)).filter((one) => isAskedFor(one, filter));
}

/** Applications, and where they were read: a server or a cluster's context. */
export interface FoundApplications {
  readonly from: string;
  readonly applications: readonly Application[];
  /** Absent where an Argo CD was asked, which names clusters as it likes. */
  readonly clusters?: ClusterNames;
}

/**
 * The Applications of a stack's cluster, by way of kubectl. Those that run on further clusters are among them, as it is
 * Argo CD's own cluster that has them all.
 *
 * @throws UserError when the stack's config is not valid, or the cluster cannot be read
 */
export async function applicationsOfStack(options: StackOptions): Promise<FoundApplications> {
  const { platform, stackFile } = loadPlatform(options);
  const { config = {} } = stackFile;
  return visitCluster(homeAccess(config), options, async (api, target) => ({
    from: target.context ?? target.server,
    applications: await applicationsOfCluster(api, platform.argocd.namespace, target),
    clusters: Object.fromEntries(platform.clusters.map(({ name, server }) => [server, name])),
  }));
}

/** The Applications in Argo CD's namespace of a cluster. */
export async function applicationsOfCluster(
  api: ClusterApi,
  namespace: string,
  target: KubeTarget,
): Promise<readonly Application[]> {
  const path = `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications?limit=500`;
  const items: Application[] = [];
  let rest = "";
  do {
    const answer = await api.get(path + rest);
    if (answer.status === 404) throw new UserError([noArgoCd(target, namespace)]);
    if (answer.status !== 200) throw new UserError([applicationsRefused(target, namespace, answer)]);
    const page = answer.body as Page;
    items.push(...page.items);
    rest = page.metadata.continue ? `&continue=${encodeURIComponent(page.metadata.continue)}` : "";
  } while (rest !== "");
  return items;
}

interface Page {
  readonly metadata: { readonly continue?: string };
  readonly items: readonly Application[];
}

function applicationsRefused(target: KubeTarget, namespace: string, answer: Answer): Problem {
  const problem = refusedProblem(target, `list Applications in ${namespace}`, answer);
  return answer.status === 403
    ? { ...problem, fix: `${problem.fix}; or ask Argo CD itself: --server, ARGOCD_AUTH_TOKEN` }
    : problem;
}
