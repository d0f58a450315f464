import { loadPlatform } from "../../model/load";
import { UserError } from "../../model/problem";
import type { ArgoCdApi } from "../argocd/argocd-api";
import type { Application } from "../argocd/application";
import { isThere, look, type ClusterApi } from "../cluster/cluster-api";
import { findTarget, type KubeFlags, type KubeTarget } from "../cluster/kube-target";
import { KubectlApi } from "../cluster/kubectl-api";
import { codeOf } from "../http/tls-probe";
import { entryOf, isAskedFor, type Filter, type StatusEntry } from "./entry";

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

export interface StackOptions extends KubeFlags {
  readonly root: string;
  readonly stack: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** What the Applications of a stack's cluster say, by way of kubectl. Throws as `applicationsOfStack` does. */
export async function statusOfStack(options: StackOptions, filter: Filter): Promise<readonly StatusEntry[]> {
  const { from, applications } = await applicationsOfStack(options);
  return applications.map((one) => entryOf(one, from)).filter((one) => isAskedFor(one, filter));
}

/** Applications, and where they were read: a server or a cluster's context. */
export interface FoundApplications {
  readonly from: string;
  readonly applications: readonly Application[];
}

/**
 * The Applications of a stack's cluster, by way of kubectl.
 *
 * @throws UserError when the stack's config is not valid, or the cluster cannot be read
 */
export async function applicationsOfStack({
  root,
  stack,
  env,
  signal,
  ...flags
}: StackOptions): Promise<FoundApplications> {
  const { platform } = loadPlatform({ root, stack });
  const { target, findings } = await findTarget(platform.kubernetes, flags, env);
  if (target === undefined) {
    const [finding] = findings.filter(({ severity }) => severity === "error");
    throw clusterError(
      `stack ${stack}`,
      finding?.message ?? "there is no cluster to read",
      finding?.fix ?? "name one with --kubeconfig",
    );
  }
  const api = await open(target, env, signal);
  try {
    const from = target.context ?? target.server;
    return { from, applications: await applicationsOfCluster(api, platform.argocd.namespace, from) };
  } finally {
    await api.close();
  }
}

async function open(target: KubeTarget, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<KubectlApi> {
  try {
    return await KubectlApi.open(target.args, env, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw clusterError(
      target.server,
      `kubectl cannot reach it: ${codeOf(error)}`,
      "see that this works: kubectl get --raw /version",
    );
  }
}

/**
 * The Applications in Argo CD's namespace of a cluster.
 *
 * @param from how messages name the cluster
 */
export async function applicationsOfCluster(
  api: ClusterApi,
  namespace: string,
  from: string,
): Promise<readonly Application[]> {
  const path = `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications?limit=500`;
  const items: Application[] = [];
  let rest = "";
  do {
    const page = await list(api, path + rest, from);
    items.push(...page.items);
    rest = page.metadata.continue ? `&continue=${encodeURIComponent(page.metadata.continue)}` : "";
  } while (rest !== "");
  return items;
}

interface Page {
  readonly metadata: { readonly continue?: string };
  readonly items: readonly Application[];
}

async function list(api: ClusterApi, path: string, from: string): Promise<Page> {
  let found: Page | "absent" | "hidden";
  try {
    found = await look<Page>(api, path);
  } catch (error) {
    const said = error instanceof Error ? error.message : codeOf(error);
    throw clusterError(from, `the Applications cannot be read: ${said}`, "npx factory doctor looks into it");
  }
  if (isThere(found)) return found;
  throw found === "hidden"
    ? clusterError(
        from,
        "you may not list the Applications",
        "ask for that right, or ask Argo CD itself: --server, ARGOCD_AUTH_TOKEN",
      )
    : clusterError(
        from,
        "the cluster knows no Applications: Argo CD is not there",
        "pulumi up, or name another cluster by --context",
      );
}

function clusterError(file: string, message: string, fix: string): UserError {
  return new UserError([{ severity: "error", file, path: "", message, fix }]);
}
