import { APPLICATION_PARTS } from "../application-specs";
import { settingOf } from "../config-map";
import { CONFIG_MAP } from "../kinds";
import { repositoryUrls, urlParts } from "../repository-urls";
import { stackRule } from "../rule";
import { hasWildcard, matchesGlob } from "../wildcards";

export const repositoryHostKeyKnown = stackRule({
  name: "repository-host-key-known",
  level: "advisory",
  description: "Argo CD knows the host key of each server that it reaches by SSH.",
  reason: "It refuses a server whose key it does not know, so that the Application never gets further than that.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/private-repositories/#unknown-ssh-hosts",
  checkStack: (subjects) => {
    const known = subjects
      .filter(({ type }) => type === CONFIG_MAP)
      .map((subject) => settingOf(subject, "argocd-ssh-known-hosts-cm", "ssh_known_hosts"))
      .find((text) => text !== undefined);
    // Hashed names cannot be told.
    if (known === undefined || known.includes("|1|")) return [];
    const names = known.split("\n").flatMap((line) => namesOf(line));
    const hosts = new Set(names);
    const patterns = names.filter(hasWildcard);
    return subjects
      .filter(({ type }) => APPLICATION_PARTS.includes(type))
      .flatMap((subject) =>
        repositoryUrls(subject).flatMap(({ path, url }) => {
          const parts = urlParts(url);
          if (parts?.scheme !== "ssh" || hosts.has(parts.host)) return [];
          if (patterns.some((pattern) => matchesGlob(pattern, parts.host))) return [];
          return [
            {
              urn: subject.urn,
              path,
              fact: "Argo CD does not know the host key of the repository's server",
              value: parts.host,
              fix: `write the line of \`ssh-keyscan ${parts.host}\` into argocd.knownHosts in the stack's config`,
            },
          ];
        }),
      );
  },
});

/** The host names of a line of known_hosts: `a,b key`, `[a]:2222 key`, `@cert-authority *.a key`. */
function namesOf(line: string): string[] {
  const words = line.trim().split(/\s+/);
  const names = words[0]?.startsWith("@") ? words[1] : words[0];
  if (names === undefined || names.startsWith("#")) return [];
  return names.split(",").map((name) => name.replace(/^\[(.*)\](?::\d+)?$/, "$1").toLowerCase());
}
