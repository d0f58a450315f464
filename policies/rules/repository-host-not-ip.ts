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
      const host = urlParts(url)?.host;
      if (host === undefined || parseIp(host) === undefined || addresses.includes(host)) return [];
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
