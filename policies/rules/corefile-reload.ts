import { CONFIG_MAPS } from "../config-map";
import { directivesOf, isPartlyUnseen, readCorefilesOf } from "../corefile-facts";
import { resourceRule } from "../rule";

export const corefileReload = resourceRule({
  name: "corefile-reload",
  level: "advisory",
  description: "A Corefile has the plugin reload.",
  reason: "Without it, a changed forward is not heard of until somebody restarts CoreDNS.",
  source: "https://coredns.io/plugins/reload/",
  types: CONFIG_MAPS,
  check: (subject) =>
    readCorefilesOf(subject)
      .filter(({ isPart, corefile }) => !isPart && !isPartlyUnseen(corefile))
      .filter(({ corefile }) => directivesOf(corefile, "reload").length === 0)
      .map(({ path }) => ({
        path,
        fact: "CoreDNS does not notice when its Corefile changes",
        fix: "write reload into its server block of the zone . in the cluster's ConfigMap",
      })),
});
