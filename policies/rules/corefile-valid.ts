import { z } from "zod";
import { CorefileSyntaxError, verifyCorefile } from "../../corefile";
import { findLoops } from "../../corefile/loops";
import { place } from "../../corefile/place";
import { CONFIG_MAPS } from "../config-map";
import { corefilesOf } from "../corefile-facts";
import { resourceRule } from "../rule";

export const corefileValid = resourceRule({
  name: "corefile-valid",
  level: "mandatory",
  description: "CoreDNS can read the Corefile.",
  reason: "It goes on with the old one until its pods start anew, and then the cluster has no DNS.",
  source: "https://coredns.io/manual/configuration/",
  settings: z.strictObject({
    plugins: z.array(z.string()).default([]).describe("Plugins that this CoreDNS was built with beside its own."),
  }),
  types: CONFIG_MAPS,
  check: (subject, { settings: { plugins } }) =>
    corefilesOf(subject).flatMap(({ path, text, read }) => {
      // Another rule tells of those.
      const loops = read instanceof CorefileSyntaxError ? [] : findLoops(read.blocks);
      const told = new Set(loops.map(({ address }) => place(text, address.start)));
      // What other files hold, nobody can judge here: those that stand in it are believed.
      return verifyCorefile(text, { live: text, plugins })
        .filter((problem) => !told.has(problem.path))
        .map(({ path: at, message, value, fix }) => ({
          path,
          fact: `CoreDNS would not read it${at === "" ? "" : `, line ${at.replace(/:.*/, "")}`}: ${message}`,
          ...(value !== undefined && { value }),
          // A zone is the last word of some.
          fix: fix.replace(/ \.$/, ' "."'),
        }));
    }),
});
