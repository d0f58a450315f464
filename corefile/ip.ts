/** An IP address: 16 bytes, IPv4 in the form `::ffff:a.b.c.d`, so that the two spellings of one address are equal. */
export interface IpAddress {
  readonly bytes: readonly number[];
  /** How it was written; an IPv4-mapped IPv6 address counts as written in 6. */
  readonly family: 4 | 6;
}

const MAPPED_PREFIX = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

/**
 * Reads an IP address without a zone, as strictly as CoreDNS (Go's `net.ParseIP`): no leading zeros in IPv4, at most
 * one `::`, which stands for one group at least.
 */
export function parseIp(text: string): IpAddress | undefined {
  if (text.includes(":")) {
    const bytes = parseIpv6(text);
    return bytes === undefined ? undefined : { bytes, family: 6 };
  }
  const octets = parseIpv4(text);
  return octets === undefined ? undefined : { bytes: [...MAPPED_PREFIX, ...octets], family: 4 };
}

export function sameIp(one: IpAddress, other: IpAddress): boolean {
  return one.bytes.every((byte, index) => byte === other.bytes[index]);
}

/** 127.0.0.0/8 and ::1. */
export function isLoopback(ip: IpAddress): boolean {
  if (isIpv4(ip)) return ip.bytes[12] === 127;
  return ip.bytes.every((byte, index) => byte === (index === 15 ? 1 : 0));
}

/** 0.0.0.0 and ::, which connect to the machine itself. */
export function isUnspecified(ip: IpAddress): boolean {
  return (isIpv4(ip) ? ip.bytes.slice(12) : ip.bytes).every((byte) => byte === 0);
}

/** 224.0.0.0/4, ff00::/8 and 255.255.255.255: no server answers at one. */
export function isMulticastOrBroadcast(ip: IpAddress): boolean {
  const first = isIpv4(ip) ? ip.bytes[12] : undefined;
  if (first !== undefined) return first >= 224 && first < 240 ? true : ip.bytes.slice(12).every((byte) => byte === 255);
  return ip.bytes[0] === 0xff;
}

function isIpv4(ip: IpAddress): boolean {
  return MAPPED_PREFIX.every((byte, index) => byte === ip.bytes[index]);
}

/** A block of addresses, its host bits cleared. */
export interface Cidr {
  readonly bytes: readonly number[];
  readonly prefix: number;
  /** 32 or 128. */
  readonly bits: number;
}

/** Reads `address/prefix` as Go's `net.ParseCIDR` does; an IPv4-mapped address has 128 bits. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const ip = parseIp(text.slice(0, slash));
  const prefixText = text.slice(slash + 1);
  if (ip === undefined || !/^\d{1,5}$/.test(prefixText)) return undefined;
  const raw = ip.family === 4 ? ip.bytes.slice(12) : ip.bytes;
  const bits = raw.length * 8;
  const prefix = Number(prefixText);
  if (prefix > bits) return undefined;
  const bytes = raw.map((byte, index) => byte & maskByte(prefix - index * 8));
  return { bytes, prefix, bits };
}

function maskByte(ones: number): number {
  if (ones >= 8) return 0xff;
  return ones <= 0 ? 0 : (0xff << (8 - ones)) & 0xff;
}

function parseIpv4(text: string): number[] | undefined {
  const fields = text.split(".");
  if (fields.length !== 4 || !fields.every((field) => /^(?:0|[1-9]\d{0,2})$/.test(field))) return undefined;
  const octets = fields.map(Number);
  return octets.every((octet) => octet <= 255) ? octets : undefined;
}

function parseIpv6(text: string): number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const elided = halves.length === 2;
  const [head, tail] = halves.map((half, index) => parseGroups(half, index === halves.length - 1, elided));
  if (head === undefined) return undefined;
  if (!elided) return head.length === 16 ? head : undefined;
  if (tail === undefined) return undefined;
  const zeros = 16 - head.length - tail.length;
  return zeros >= 2 ? [...head, ...Array<number>(zeros).fill(0), ...tail] : undefined;
}

/** The bytes of colon-separated groups; the last may be an IPv4 address. */
function parseGroups(text: string, isLast: boolean, mayBeEmpty: boolean): number[] | undefined {
  if (text === "") return mayBeEmpty ? [] : undefined;
  const bytes: number[] = [];
  const groups = text.split(":");
  for (const [index, group] of groups.entries()) {
    if (isLast && index === groups.length - 1 && group.includes(".")) {
      const octets = parseIpv4(group);
      if (octets === undefined) return undefined;
      bytes.push(...octets);
    } else {
      if (!/^[\da-f]{1,4}$/i.test(group)) return undefined;
      const value = parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
}
