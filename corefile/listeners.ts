import type { Key, ServerBlock, Word } from "./corefile";
import { parseIp, type IpAddress } from "./ip";
import { parseKey, type Transport } from "./zone";

/** One zone at one address: CoreDNS serves each such pair from one server block. */
export interface Listener {
  readonly key: Key;
  readonly transport: Transport;
  readonly port: string;
  /** Fully qualified, in lower case. */
  readonly zone: string;
  /** `any` without a `bind`; the interface's name where `bind` names one. */
  readonly host: "any" | Host;
}

export interface Host {
  readonly word: Word;
  /** Absent for an interface and for a word with an unknown environment variable. */
  readonly ip?: IpAddress;
  /** The same for two spellings of one address. */
  readonly id: string;
}

/** Where a server block listens, for which zones. Keys that CoreDNS cannot read, or we cannot, are left out. */
export function listenersOf(block: ServerBlock): readonly Listener[] {
  const hosts = boundHosts(block);
  return block.keys.flatMap((key) => {
    const served = key.opaque ? undefined : parseKey(key.text);
    if (served === undefined || "reason" in served) return [];
    return served.zones.flatMap((zone) =>
      hosts.map((host) => ({
        key,
        transport: served.transport,
        port: served.port,
        zone: zone.toLowerCase(),
        host,
      })),
    );
  });
}

/** The addresses of all `bind` lines together, or the wildcard. */
export function boundHosts(block: ServerBlock): readonly ("any" | Host)[] {
  const binds = block.directives.filter((directive) => directive.name === "bind");
  if (binds.length === 0) return ["any"];
  return binds.flatMap(({ words }) => {
    const brace = words.findIndex((word) => word.text === "{");
    const args = brace < 0 ? words.slice(1) : words.slice(1, brace);
    // Of several `except` lines, CoreDNS obeys the last.
    const lastExcept = words.findLastIndex((word, index) => index > brace && word.text === "except");
    const inBraces = brace < 0 || lastExcept < 0 ? [] : words.slice(lastExcept + 1, -1);
    const except = new Set(inBraces.map((word) => hostOf(word).id));
    return args.map(hostOf).filter((host) => !except.has(host.id));
  });
}

function hostOf(word: Word): Host {
  const ip = word.opaque ? undefined : parseIp(word.text);
  return ip === undefined ? { word, id: word.text } : { word, ip, id: ip.bytes.join(".") };
}
