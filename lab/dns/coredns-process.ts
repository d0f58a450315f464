import { join } from "node:path";
import { addressOf, type LabHost } from "../network/lab-network";
import type { PartContext } from "../parts/part";
import { inSandbox } from "../pods/sandbox";
import type { ProcessSpec } from "../process";
import { dnsProbe } from "./dns-probe";

/** A name that each cluster's DNS knows, and NodeLocal DNS through it. */
const clusterName = "kubernetes.default.svc.cluster.local";

export interface CorednsInstance {
  /** Of the process. */
  readonly name: string;
  readonly host: LabHost;
  /** Holds its Corefile, as a pod's /etc/coredns. */
  readonly folder: string;
  /** The folder of the service account as which its plugin `kubernetes` reads. @default none */
  readonly account?: string;
}

/** CoreDNS on a Corefile, in a sandbox whose resolver is the company's. */
export function corednsProcess(
  { layout, network, settings, tool }: Pick<PartContext, "layout" | "network" | "settings" | "tool">,
  { name, host, folder, account }: CorednsInstance,
): ProcessSpec {
  const address = addressOf(network, host);
  const spec: ProcessSpec = {
    name,
    command: tool("coredns"),
    args: ["-conf", join(folder, "Corefile")],
    env: { KUBERNETES_SERVICE_HOST: "127.0.0.1", KUBERNETES_SERVICE_PORT: String(settings.ports.apiserver) },
    cwd: folder,
    log: join(layout.logs, `${name}.log`),
    host: address,
    ports: [53],
    ready: dnsProbe({ address, name: clusterName }),
    // In its lame duck it only waits until nobody asks any longer, and then it has nothing to save.
    stopGrace: 1_000,
  };
  return inSandbox(spec, {
    folder: join(layout.parts, "dns", `${name}-pod`),
    nameserver: addressOf(network, "upstreamDns"),
    ...(account !== undefined && { serviceAccount: account }),
  });
}
