import { CorefileSyntaxError } from "../../corefile";
import { CONFIG_MAPS } from "../config-map";
import { corefilesOf } from "../corefile-facts";
import { resourceRule } from "../rule";

export const corefileValid = resourceRule({
  name: "corefile-valid",
  level: "mandatory",
  description: "CoreDNS can read the Corefile.",
  reason: "It goes on with the old one until its pods start anew, and then the cluster has no DNS.",
  source: "https://coredns.io/manual/configuration/",
  types: CONFIG_MAPS,
  check: (subject) =>
    corefilesOf(subject).flatMap(({ path, read }) => {
      if (!(read instanceof CorefileSyntaxError)) return [];
      const line = read.token === undefined ? "" : `, line ${String(read.token.line)}`;
      return [{ path, fact: `CoreDNS would not read it${line}: ${read.reason}`, fix: read.fix }];
    }),
});
