import { join } from "node:path";
import { addressOf, translate } from "../network/lab-network";
import type { PartContext } from "../parts/part";
import type { HostEntry, Sandbox } from "../pods/sandbox";
import { writeServiceAccount } from "../pods/service-account";
import type { Installation } from "./installation";
import type { Workload } from "./objects";
import type { Pod } from "./pod";
import { cannotRun } from "./problems";
import { type Server, servers } from "./servers";
import { serviceEntries } from "./service-names";

/** A pod that is to run, and how. */
export interface PlannedPod extends Pod {
  readonly server: Server;
  /** Of the process. */
  readonly process: string;
  readonly address: string;
}

/** The pods of the installation, as its workloads have them, in stages. */
export async function planPods(
  installation: Installation,
  context: PartContext,
  folder: string,
): Promise<readonly (readonly PlannedPod[])[]> {
  return Promise.all(
    servers.map(async (stage) => {
      const pods = stage.map(async (server) => {
        const workload = installation.workloads.get(server.name);
        return workload === undefined ? [] : podsOf(server, workload, installation, context, folder);
      });
      return (await Promise.all(pods)).flat();
    }),
  );
}

/** One pod for each replica of what is sharded, and one for what is replicated: all of these listen on one address. */
async function podsOf(
  server: Server,
  workload: Workload,
  installation: Installation,
  context: PartContext,
  folder: string,
): Promise<PlannedPod[]> {
  const { replicas = 1, template } = workload.spec;
  const [container] = template.spec.containers;
  if (container === undefined) throw cannotRun(server.name, "its pod template has no container");
  const shards = Math.min(replicas, server.isSharded === true ? replicas : 1);
  const own = join(folder, server.name);
  const sandbox = await sandboxOf(server, workload, installation, context, own);
  return Array.from({ length: shards }, (_, ordinal) => ({
    name: server.isSharded === true ? `${server.name}-${String(ordinal)}` : `${server.name}-lab`,
    process: ordinal === 0 ? server.name : `${server.name}-${String(ordinal)}`,
    server,
    workload,
    container,
    folder: ordinal === 0 ? own : `${own}-${String(ordinal)}`,
    address: addressOf(context.network, server.host),
    sandbox,
  }));
}

/** What a kubelet gives to the pods of a workload: names, resolver and service account. */
async function sandboxOf(
  server: Server,
  { spec: { template } }: Workload,
  { namespace, services, workloads }: Installation,
  context: PartContext,
  folder: string,
): Promise<Omit<Sandbox, "folder" | "template">> {
  const { network, settings, api, clusterCa, signal } = context;
  const { hostAliases = [], serviceAccountName: name = "default", automountServiceAccountToken } = template.spec;
  const addresses = Object.fromEntries(
    servers.flat().map((other) => [other.name, addressOf(network, other.host)] as const),
  );
  const aliases = hostAliases.map(({ ip, hostnames = [] }): HostEntry => ({ ip: translate(network, ip), hostnames }));
  // A pod's localhost is the pod itself: argocd-server calls its own API by that name.
  const localhost: HostEntry = { ip: addressOf(network, server.host), hostnames: ["localhost"] };
  const account = { namespace, name };
  return {
    // Kubespray's kubelets name the cache on the node to their pods.
    nameserver: addressOf(network, settings.installer === "kubespray" ? "nodeLocalDns" : "clusterDns"),
    search: [`${namespace}.svc.cluster.local`, "svc.cluster.local", "cluster.local"],
    hosts: [localhost, ...serviceEntries(services, workloads.values(), addresses), ...aliases],
    ...(automountServiceAccountToken !== false && {
      serviceAccount: await writeServiceAccount(api, account, clusterCa, join(folder, "service-account"), signal),
    }),
  };
}
