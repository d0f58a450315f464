import { CONFIG_MAPS } from "../config-map";
import { directivesOf, isPartlyUnseen, readCorefilesOf } from "../corefile-facts";
import { resourceRule } from "../rule";

const PLUGINS = ["health", "ready"];

export const corefileProbes = resourceRule({
  name: "corefile-probes",
  level: "advisory",
  description: "A Corefile has the plugins health and ready.",
  reason:
    "The kubelet asks them: without, a CoreDNS that hangs is not restarted, and one that starts is asked too early.",
  source: "https://coredns.io/plugins/health/",
  types: CONFIG_MAPS,
  check: (subject) =>
    readCorefilesOf(subject).flatMap(({ path, isPart, corefile }) => {
      const missing = PLUGINS.filter((plugin) => directivesOf(corefile, plugin).length === 0).join(" and ");
      if (isPart || isPartlyUnseen(corefile) || missing === "") return [];
      return [
        {
          path,
          fact: `the Corefile lacks ${missing}`,
          fix: `write ${missing} into its server block of the zone . in the cluster's ConfigMap`,
        },
      ];
    }),
});
