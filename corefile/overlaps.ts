import type { ServerBlock } from "./corefile";
import { listenersOf, type Listener } from "./listeners";

/** Two keys of which CoreDNS would refuse the second. */
export interface Overlap {
  readonly first: Listener;
  readonly second: Listener;
}

/**
 * Finds zones that are served twice at the same address, or once at an address and once at all. Blocks with a `view`
 * may share a zone with each other and with blocks behind them.
 *
 * Stricter than CoreDNS 1.14.2 in one point: it tells `Protobox` from `protobox`, though no query can.
 *
 * Source of the rules: `validateZonesAndListeningAddresses` of CoreDNS 1.14.2.
 */
export function findOverlaps(blocks: readonly ServerBlock[]): readonly Overlap[] {
  const registered = new Map<string, Listener>();
  const byZone = new Map<string, Listener>();
  const overlaps: Overlap[] = [];
  for (const block of blocks) {
    const filtered = block.directives.some((directive) => directive.name === "view");
    for (const listener of listenersOf(block)) {
      const zone = `${listener.transport}://${listener.zone}:${listener.port}`;
      const host = listener.host === "any" ? "" : listener.host.id;
      const first = registered.get(`${zone} ${host}`) ?? (host === "" ? byZone.get(zone) : registered.get(`${zone} `));
      if (first !== undefined) {
        overlaps.push({ first, second: listener });
      } else if (!filtered) {
        registered.set(`${zone} ${host}`, listener);
        byZone.set(zone, listener);
      }
    }
  }
  return overlaps;
}
