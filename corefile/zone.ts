import { byteLength, fqdn, isDomainName } from "./domain-name";
import { parseCidr, type Cidr } from "./ip";
import { reverseZones } from "./reverse-zone";

export type Transport = "dns" | "tls" | "quic" | "grpc" | "https" | "https3" | "unix";

/** What one key of a server block makes CoreDNS serve. */
export interface ServedZones {
  readonly transport: Transport;
  /** As digits; the empty string for `unix://`, which listens on nothing. */
  readonly port: string;
  /** Whether the key itself names the port. */
  readonly explicitPort: boolean;
  /** Fully qualified and as written (CoreDNS keeps the case); several for a network that ends inside an octet. */
  readonly zones: readonly string[];
}

/** Why a text is no key of a server block. */
export interface BadKey {
  readonly reason: string;
  readonly allowed: string;
}

const DEFAULT_PORTS: Readonly<Record<Transport, string>> = {
  dns: "53",
  tls: "853",
  quic: "853",
  grpc: "443",
  https: "443",
  https3: "443",
  unix: "",
};

const TRANSPORTS = ["tls", "dns", "quic", "grpc", "https3", "https", "unix"] as const;

/** Takes a `tls://` or another scheme off an address; without one it is plain DNS. */
export function splitTransport(text: string): { readonly transport: Transport; readonly rest: string } {
  const transport = TRANSPORTS.find((name) => text.startsWith(`${name}://`));
  if (transport === undefined) return { transport: "dns", rest: text };
  return { transport, rest: text.slice(`${transport}://`.length) };
}

/** Go's `strconv.Atoi`: an optional sign and digits, within 64 bits. */
export function parseInteger(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ""));
  return value >= -(2n ** 63n) && value < 2n ** 63n ? Number(value) : undefined;
}

/**
 * Reads a key of a server block (`protobox:53`, `tls://example.org`, `10.0.0.0/24`) as CoreDNS does: what stands
 * behind the last colon is the port if it is a number, and a network becomes its reverse zones.
 *
 * Source of the rules: `InspectServerBlocks` and `plugin.SplitHostPort` of CoreDNS 1.14.2.
 */
export function parseKey(key: string): ServedZones | BadKey {
  const { transport, rest } = splitTransport(key);
  const split = splitHostPort(rest);
  if ("reason" in split) return split;
  // CoreDNS checks the names once more in their qualified form, which may be one byte too long.
  for (const host of split.hosts) {
    const qualified = splitHostPort(fqdn(host));
    if ("reason" in qualified) return qualified;
  }
  return {
    transport,
    port: split.port === "" ? DEFAULT_PORTS[transport] : split.port,
    explicitPort: split.port !== "",
    zones: split.hosts.map(fqdn),
  };
}

/** The names that an argument of a plugin stands for, in lower case; none where CoreDNS can read none. */
export function normalizeExact(text: string): readonly string[] {
  const split = splitHostPort(splitTransport(text).rest);
  return "reason" in split ? [] : split.hosts.map((host) => fqdn(host).toLowerCase());
}

type HostPort = { readonly hosts: readonly string[]; readonly port: string };

function splitHostPort(text: string): HostPort | BadKey {
  const colon = text.lastIndexOf(":");
  if (colon === text.length - 1) {
    return { reason: "the key ends in a colon or is empty", allowed: "a zone, with or without a port: example.org:53" };
  }
  let host = text;
  let port = "";
  const number = colon < 0 ? undefined : parseInteger(text.slice(colon + 1));
  if (number !== undefined) {
    port = String(number);
    host = text.slice(0, colon);
  }
  if (byteLength(host) > 255) return { reason: "the zone is too long", allowed: "at most 255 bytes" };
  if (!isDomainName(host)) return { reason: "the zone is not a valid domain name", allowed: "labels of 1 to 63 bytes" };
  const network: Cidr | undefined = parseCidr(host);
  if (network === undefined) return { hosts: [host], port };
  if (host.startsWith(":") || (host.startsWith("0") && host.includes(":"))) {
    return {
      reason: "CoreDNS takes no IPv6 network that starts with zero",
      allowed: "a network such as 2001:db8::/32",
    };
  }
  return { hosts: reverseZones(network), port };
}
