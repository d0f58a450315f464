import type { ServerBlock, Word } from "./corefile";
import { isWithin } from "./domain-name";
import { isLoopback, isUnspecified, sameIp } from "./ip";
import { listenersOf, type Listener } from "./listeners";
import { parseUpstream, type Upstream } from "./plugins/forward";

/** A forward by which a query comes back to the server block that it left. */
export interface ForwardLoop {
  readonly zone: string;
  readonly address: Word;
}

interface Served {
  readonly block: ServerBlock;
  readonly listeners: readonly Listener[];
}

/**
 * Finds forwards to the Corefile's own listeners that lead back to where they started. A forward to another of its
 * blocks is allowed: some Corefiles are built as chains.
 */
export function findLoops(blocks: readonly ServerBlock[]): readonly ForwardLoop[] {
  const served = blocks.map((block) => ({ block, listeners: listenersOf(block) }));
  return served.flatMap(({ block, listeners }) => {
    const zones = [...new Set(listeners.map((listener) => listener.zone))];
    return zones.flatMap((zone) =>
      upstreamsOf(block)
        .filter(({ upstream }) => leadsTo(served, answering(served, zone, upstream), zone, block, new Set()))
        .map(({ word }) => ({ zone, address: word })),
    );
  });
}

/** Whether a query for the zone, once at `from`, is forwarded to `goal`. */
function leadsTo(
  served: readonly Served[],
  from: ServerBlock | undefined,
  zone: string,
  goal: ServerBlock,
  visited: Set<ServerBlock>,
): boolean {
  if (from === undefined || visited.has(from)) return false;
  if (from === goal) return true;
  visited.add(from);
  return upstreamsOf(from).some(({ upstream }) =>
    leadsTo(served, answering(served, zone, upstream), zone, goal, visited),
  );
}

/** The block that answers for the zone at the upstream's address: the one with the longest matching zone. */
function answering(served: readonly Served[], zone: string, upstream: Upstream): ServerBlock | undefined {
  let best: { readonly block: ServerBlock; readonly length: number } | undefined;
  for (const { block, listeners } of served) {
    for (const listener of listeners) {
      if (!reaches(upstream, listener) || !isWithin(zone, listener.zone)) continue;
      if (best === undefined || listener.zone.length > best.length) best = { block, length: listener.zone.length };
    }
  }
  return best?.block;
}

function reaches(upstream: Upstream, listener: Listener): boolean {
  if (upstream.transport !== listener.transport || Number(upstream.port) !== Number(listener.port)) return false;
  const toSelf = isLoopback(upstream.ip) || isUnspecified(upstream.ip);
  if (listener.host === "any") return toSelf;
  const { ip } = listener.host;
  if (ip === undefined) return false;
  return sameIp(ip, upstream.ip) || (isUnspecified(ip) && toSelf) || (isLoopback(ip) && isUnspecified(upstream.ip));
}

function upstreamsOf(block: ServerBlock): readonly { readonly word: Word; readonly upstream: Upstream }[] {
  return block.directives
    .filter((directive) => directive.name === "forward")
    .flatMap((directive) => forwardTargets(directive.words))
    .flatMap((word) => {
      const upstream = word.opaque ? undefined : parseUpstream(word.text);
      return upstream === undefined ? [] : [{ word, upstream }];
    });
}

/** The words of a `forward` that name its upstreams. */
export function forwardTargets(words: readonly Word[]): readonly Word[] {
  const brace = words.findIndex((word) => word.text === "{");
  return words.slice(2, brace < 0 ? undefined : brace);
}
