import { z } from "zod";
import { forwardTargets } from "../../corefile/loops";
import { parseUpstream } from "../../corefile/plugins/forward";
import { CONFIG_MAPS } from "../config-map";
import { directivesOf, readCorefilesOf } from "../corefile-facts";
import { resourceRule } from "../rule";

export const corefileTwoUpstreams = resourceRule({
  name: "corefile-two-upstreams",
  level: "advisory",
  description: "Each forward of a Corefile goes to two servers or more.",
  reason: "While the one server is restarted, nothing of its zone resolves, and Argo CD reaches no repository there.",
  source: "https://coredns.io/plugins/forward/",
  settings: z.strictObject({
    upstreams: z.int().min(1).default(2).describe("How many servers are enough."),
  }),
  types: CONFIG_MAPS,
  check: (subject, { settings: { upstreams } }) =>
    readCorefilesOf(subject).flatMap(({ path, corefile }) =>
      directivesOf(corefile, "forward").flatMap(({ words }) => {
        const targets = forwardTargets(words).map(({ text }) => text);
        // A file of the node names as many servers as the node has.
        if (targets.some((target) => target.startsWith("/"))) return [];
        // One that is named twice is one.
        if (new Set(targets.map(serverOf)).size >= upstreams) return [];
        return [
          {
            path,
            fact: `a forward has fewer than ${String(upstreams)} servers`,
            value: `line ${String(words[0]?.line ?? 0)}: ${targets.join(" ")}`,
            fix: "name a second server in dns.forwards[].to of the stack's config",
          },
        ];
      }),
    ),
});

/** A server by its address, however it is written, and its port. */
function serverOf(target: string): string {
  const upstream = parseUpstream(target);
  return upstream === undefined ? target : `${upstream.ip.bytes.join(".")}%${upstream.scope}:${upstream.port}`;
}
