import { z } from "zod";
import { NAMING_REPOSITORIES, repositoryUrls, urlParts, withoutUserInfo } from "../repository-urls";
import { resourceRule } from "../rule";

const SCHEMES = ["https", "ssh", "oci"];

export const repositoryUrlEncrypted = resourceRule({
  name: "repository-url-encrypted",
  level: "mandatory",
  description: "Repositories are reached by HTTPS, SSH or an OCI registry.",
  reason:
    "On plain HTTP, whoever is on the way reads the credentials and writes what Argo CD deploys: no signature of what " +
    "comes is checked.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/private-repositories/",
  settings: z.strictObject({
    hosts: z.array(z.string().min(1)).default([]).describe("Hosts whose plain HTTP is accepted."),
  }),
  types: NAMING_REPOSITORIES,
  check: (subject, { settings: { hosts } }) =>
    repositoryUrls(subject).flatMap(({ path, url }) => {
      const parts = urlParts(url);
      if (parts === undefined || SCHEMES.includes(parts.scheme) || hosts.includes(parts.host)) return [];
      return [
        {
          path,
          fact: "the repository is reached without encryption",
          value: withoutUserInfo(url),
          fix:
            "write its https:// or ssh:// URL in the catalogue, or its host into the rule's setting hosts in the " +
            "stack's config",
        },
      ];
    }),
});
