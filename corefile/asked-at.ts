import { CorefileSyntaxError } from "./corefile";
import { forwardTargets } from "./loops";
import { boundHosts, listenersOf } from "./listeners";
import { parseCorefile } from "./parse";
import { parseUpstream } from "./plugins/forward";

/**
 * The IP addresses at which the cluster's DNS is asked, as far as a Corefile tells: those that it binds, and those
 * that it sends the cluster's own names to, as a node-local cache does. Another Corefile of the same cluster must not
 * forward to one of these. A Corefile that CoreDNS would not read tells nothing.
 */
export function askedAt(text: string, clusterDomain = "cluster.local"): readonly string[] {
  try {
    const addresses = parseCorefile(text).blocks.flatMap((block) => {
      const bound = boundHosts(block).flatMap((host) =>
        host === "any" || host.ip === undefined ? [] : [host.word.text],
      );
      const servesCluster = listenersOf(block).some(({ zone }) => zone === `${clusterDomain.toLowerCase()}.`);
      const upstreams = block.directives
        .filter(({ name }) => servesCluster && name === "forward")
        .flatMap(({ words }) => forwardTargets(words).flatMap((word) => parseUpstream(word.text) ?? []))
        .map(({ ip }) => ipText(ip.bytes));
      return [...bound, ...upstreams];
    });
    return [...new Set(addresses)].sort();
  } catch (error) {
    if (error instanceof CorefileSyntaxError) return [];
    throw error;
  }
}

function ipText(bytes: readonly number[]): string {
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  if (isMapped) return bytes.slice(12).join(".");
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((bytes[2 * at] ?? 0) * 256 + (bytes[2 * at + 1] ?? 0)).toString(16),
  );
  return groups.join(":");
}
