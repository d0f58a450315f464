import type { Corefile } from "./corefile";
import { parseIp } from "./ip";
import { listenersOf } from "./listeners";
import { zonesOf } from "./plugins/kubernetes";
import type { ClusterFacts } from "./request";

export interface ClusterOptions {
  /** IP addresses at which the cluster's own DNS is asked, such as that of the service `kube-dns`. */
  readonly clusterDnsAddresses?: readonly string[];
  /** @default "cluster.local"; what the `kubernetes` plugin serves counts as well */
  readonly clusterDomain?: string;
}

/** What a Corefile, and what we were told, says of the cluster that it serves. */
export function clusterFacts(corefile: Corefile, options: ClusterOptions): ClusterFacts {
  const served = corefile.blocks.flatMap((block) => listenersOf(block).map((listener) => listener.zone));
  const kubernetes = corefile.blocks.flatMap((block) => {
    const ofBlock = listenersOf(block).map((listener) => listener.zone);
    return block.directives
      .filter((directive) => directive.name === "kubernetes")
      .flatMap(({ words }) => {
        const brace = words.findIndex((word) => word.text === "{");
        return zonesOf(words.slice(1, brace < 0 ? undefined : brace), ofBlock);
      });
  });
  const domain = `${(options.clusterDomain ?? "cluster.local").toLowerCase().replace(/\.$/, "")}.`;
  return {
    clusterZones: [...new Set([domain, ...kubernetes])].filter((zone) => zone !== "."),
    servedZones: [...new Set(served)],
    dnsAddresses: (options.clusterDnsAddresses ?? []).flatMap((address) => parseIp(address) ?? []),
  };
}
