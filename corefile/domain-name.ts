const encoder = new TextEncoder();
const BACKSLASH = 0x5c;
const DOT = 0x2e;

/**
 * Whether CoreDNS takes the text for a domain name: labels of at most 63 bytes, at most 255 in all, no empty label,
 * any byte allowed, `\.` and `\DDD` as escapes. Source of the rules: `IsDomainName` of miekg/dns 1.1.72.
 */
export function isDomainName(name: string): boolean {
  if (name === "") return false;
  const bytes = encoder.encode(fqdn(name));
  let length = 0;
  let begin = 0;
  let afterDot = false;
  let escape = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === BACKSLASH) {
      escape = !escape;
      if (length + 1 > 256) return false;
      const skipped = isDecimalEscape(bytes.subarray(at + 1, at + 4)) ? 3 : 1;
      at += skipped;
      begin += skipped;
      afterDot = false;
    } else if (byte === DOT) {
      if (afterDot || (at === 0 && bytes.length > 1)) return false;
      afterDot = true;
      const label = at - begin;
      if (label > 63) return false;
      length += 1 + label;
      if (length > 256) return false;
      begin = at + 1;
      escape = false;
    } else {
      afterDot = false;
      escape = false;
    }
  }
  return !escape;
}

function isDecimalEscape(bytes: Uint8Array): boolean {
  return bytes.length === 3 && bytes.every((byte) => byte >= 0x30 && byte <= 0x39);
}

/** The name with a closing dot; an escaped dot at its end closes nothing. */
export function fqdn(name: string): string {
  return isFqdn(name) ? name : `${name}.`;
}

function isFqdn(name: string): boolean {
  if (!name.endsWith(".")) return false;
  const escapes = /\\*$/.exec(name.slice(0, -1))?.[0].length ?? 0;
  return escapes % 2 === 0;
}

/** Whether `child` is `parent` or lies below it; both fully qualified and in lower case. */
export function isWithin(child: string, parent: string): boolean {
  return parent === "." || child === parent || child.endsWith(`.${parent}`);
}

/** The length in bytes of the text as CoreDNS reads it. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}
