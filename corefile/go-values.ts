/** Readers of the value formats of Go's standard library, as strict as these: the plugins' arguments are made of them. */

import { parseIp } from "./ip";

/** Nanoseconds by unit of `time.ParseDuration`. */
const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Seconds of a Go duration: `1.5h`, `-10s`, `1m30s`, `0`; undefined where Go refuses it. */
export function parseDuration(text: string): number | undefined {
  const unsigned = text.replace(/^[+-]/, "");
  if (unsigned === "0") return 0;
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(unsigned)) return undefined;
  let nanoseconds = 0;
  for (const [, number, unit] of unsigned.matchAll(/([\d.]+)([a-zµμ]+)/g)) {
    nanoseconds += Math.trunc(Number(number) * (UNITS[unit ?? ""] ?? 0));
  }
  // A duration has 63 bits; what comes near the limit is refused, since floating point cannot tell.
  if (nanoseconds >= 9.2e18) return undefined;
  return (text.startsWith("-") ? -nanoseconds : nanoseconds) / 1e9;
}

/** `strconv.ParseUint` in base 10. */
export function parseUnsigned(text: string, bits: 16 | 32): number | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  const value = BigInt(text);
  return value < 2n ** BigInt(bits) ? Number(value) : undefined;
}

export interface HostPort {
  readonly host: string;
  readonly port: string;
}

/** `net.SplitHostPort`: the port is obligatory, IPv6 stands in brackets. */
export function splitHostPort(text: string): HostPort | undefined {
  const bracketed = /^\[([^[\]]*)\]:([^[\]:]*)$/.exec(text);
  const plain = bracketed ?? /^([^[\]:]*):([^[\]:]*)$/.exec(text);
  if (plain === null) return undefined;
  return { host: plain[1] ?? "", port: plain[2] ?? "" };
}

/** Whether a server can listen there; undefined where only the machine's own names can tell. */
export function isListenAddress(text: string): boolean | undefined {
  const split = splitHostPort(text);
  if (split === undefined) return false;
  if (!/^\d*$/.test(split.port)) return /^[a-z]/i.test(split.port) ? undefined : false;
  if (Number(split.port) > 65535) return false;
  if (split.host === "" || split.host === "localhost" || parseIp(split.host) !== undefined) return true;
  return undefined;
}
