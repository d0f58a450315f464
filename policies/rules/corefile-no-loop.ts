import { findLoops } from "../../corefile/loops";
import { CONFIG_MAPS } from "../config-map";
import { readCorefilesOf } from "../corefile-facts";
import { resourceRule } from "../rule";

export const corefileNoLoop = resourceRule({
  name: "corefile-no-loop",
  level: "mandatory",
  description: "No server block of a Corefile forwards queries back to itself.",
  reason: "Each query then goes round until CoreDNS has no memory left, and the cluster has no DNS.",
  source: "https://coredns.io/plugins/loop/",
  types: CONFIG_MAPS,
  check: (subject) =>
    readCorefilesOf(subject).flatMap(({ path, corefile }) =>
      findLoops(corefile.blocks).map(({ zone, address }) => ({
        path,
        fact: `queries for ${zone} come back to the server block that forwards them`,
        value: `line ${String(address.line)}: ${address.text}`,
        fix: "forward to a server outside this Corefile",
      })),
    ),
});
