import { z } from "zod";

const ipv4 = z.ipv4();
const ipv6 = z.ipv6();
const cidr = z.union([z.cidrv4(), z.cidrv6()]);

/** Whether a text is an IPv4 or IPv6 address, without brackets. */
export function isAddress(text: string): boolean {
  return ipv4.safeParse(text).success || ipv6.safeParse(text).success;
}

/** Whether a text is a block of addresses: `10.0.0.0/8`. */
export function isCidr(text: string): boolean {
  return cidr.safeParse(text).success;
}

/**
 * Brings the address of a DNS server into the form `host:port`, IPv6 in brackets; the port defaults to 53. Absent
 * when the text is no address: a name cannot be resolved before DNS works.
 */
export function serverAddress(text: string): string | undefined {
  if (ipv6.safeParse(text).success) return `[${text}]:53`;
  const match = /^(?:\[([^\]]+)\]|([^:]+))(?::([0-9]{1,5}))?$/.exec(text);
  if (match === null) return undefined;
  const [, bracketed, plain, port = "53"] = match;
  if (Number(port) < 1 || Number(port) > 65535) return undefined;
  if (bracketed !== undefined)
    return ipv6.safeParse(bracketed).success ? `[${bracketed}]:${String(Number(port))}` : undefined;
  return ipv4.safeParse(plain).success ? `${String(plain)}:${String(Number(port))}` : undefined;
}

/** Whether a text is a host name: DNS labels with dots between. */
export function isHostName(text: string): boolean {
  return (
    text.length <= 253 &&
    /^[a-z0-9_]([-a-z0-9_]*[a-z0-9_])?(\.[a-z0-9_]([-a-z0-9_]*[a-z0-9_])?)*$/i.test(text) &&
    text.split(".").every((part) => part.length <= 63)
  );
}
