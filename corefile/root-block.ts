import type { Corefile, Directive, ServerBlock } from "./corefile";
import { boundHosts, listenersOf } from "./listeners";
import { parseKey } from "./zone";

/** What new server blocks take over from the one that answers for everything else, the block of the zone `.`. */
export interface RootBlock {
  readonly port: string;
  /** The port as its key has it: `:53`, or nothing where the key has none. */
  readonly portSuffix: string;
  /** Its `bind` lines. */
  readonly binds: readonly Directive[];
  /** The addresses of these, or `any`. */
  readonly hosts: ReadonlySet<string>;
}

/**
 * Finds where the cluster's queries arrive. A further zone must listen exactly there, or it is never asked:
 *
 * - On another port no query arrives. Kubernetes' service sends them to the port of the root block (53 mostly, but
 *   5353 on OpenShift).
 * - CoreDNS runs one server for each address and port, and the kernel hands a packet to the socket with the most
 *   specific address. On Kubespray's nodelocaldns all blocks have `bind 169.254.25.10`; a block without it would
 *   listen on the wildcard address, and the queries would all go to the bound server, which does not know the zone.
 *
 * @param port  the port that the user insists on
 */
export function rootBlockOf(corefile: Corefile, port?: string): RootBlock {
  const roots = corefile.blocks.flatMap((block) =>
    block.keys.flatMap((key) => {
      const served = key.opaque ? undefined : parseKey(key.text);
      if (served === undefined || "reason" in served) return [];
      if (served.transport !== "dns" || served.zones[0] !== ".") return [];
      return [{ block, port: served.port, explicit: served.explicitPort }];
    }),
  );
  const chosenPort = port ?? (roots.find((root) => root.port === "53") ?? roots[0])?.port ?? "53";
  const same = roots.filter((root) => root.port === chosenPort);
  const blocks = [...new Set(same.map((root) => root.block))];
  const bound = blocks.every((block) => block.directives.some((directive) => directive.name === "bind"));
  const bare = port === undefined && same[0]?.explicit === false;
  return {
    port: chosenPort,
    portSuffix: bare ? "" : `:${chosenPort}`,
    binds: bound ? blocks.flatMap((block) => block.directives.filter((directive) => directive.name === "bind")) : [],
    hosts: bound && blocks.length > 0 ? hostIds(blocks) : new Set(["any"]),
  };
}

/** The addresses that blocks listen on, each by one spelling. */
export function hostIds(blocks: readonly ServerBlock[]): ReadonlySet<string> {
  return new Set(blocks.flatMap(boundHosts).map((host) => (host === "any" ? "any" : host.id)));
}

/** Whether the block serves the zones over plain DNS on the port, and whether it serves more than these. */
export function service(
  block: ServerBlock,
  zones: readonly string[],
  port: string,
): "none" | "exactly" | "among others" {
  const wanted = new Set(zones);
  const matching = listenersOf(block).filter(
    (listener) => listener.transport === "dns" && listener.port === port && wanted.has(listener.zone),
  );
  if (matching.length === 0) return "none";
  const served = new Set(matching.map((listener) => listener.zone));
  const [key, another] = block.keys;
  const own = key === undefined ? undefined : parseKey(key.text);
  const sole = another === undefined && own !== undefined && !("reason" in own) && own.zones.length === served.size;
  return sole && served.size === wanted.size ? "exactly" : "among others";
}
