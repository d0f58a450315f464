import { z } from "zod";
import { parseIp } from "../../corefile/ip";
import { NAMING_REPOSITORIES, repositoryUrls, urlParts } from "../repository-urls";
import { resourceRule } from "../rule";

export const repositoryHostNotIp = resourceRule({
  name: "repository-host-not-ip",
  level: "mandatory",
  description: "Repositories are reached by a name, never by an IP address.",
  reason:
    "A certificate is for a name, so that an address ends in checks switched off; and every Application has to be " +
    "changed when the server moves.",
  source: "https://datatracker.ietf.org/doc/html/rfc9525#section-1.2",
  settings: z.strictObject({
    addresses: z.array(z.string().min(1)).default([]).describe("Addresses that are accepted."),
  }),
  types: NAMING_REPOSITORIES,
  check: (subject, { settings: { addresses } }) =>
    repositoryUrls(subject).flatMap(({ path, url }) => {
      const host = urlParts(url)?.host ?? "";
      const address = addressOf(host);
      if (address === undefined || addresses.includes(host) || addresses.includes(address)) return [];
      return [
        {
          path,
          fact: "the repository's server is named by its address",
          value: host,
          fix: "give the server a name, by dns.forwards or argocd.hostAliases in the stack's config, and write that",
        },
      ];
    }),
});

/** The address that a host is, in whatever way it is written: `10.0.0.7`, `167772167`, `0xa.7`, `fe80::1%eth0`. */
function addressOf(host: string): string | undefined {
  const bare = host.replace(/%.*$/, "");
  if (parseIp(bare) !== undefined) return bare;
  try {
    const { hostname } = new URL(`http://${bare}`);
    return parseIp(hostname) === undefined ? undefined : hostname;
  } catch {
    return undefined;
  }
}
