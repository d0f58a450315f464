import type { Cidr } from "./ip";

/**
 * The reverse zones of a network: `10.0.0.0/24` gives `0.0.10.in-addr.arpa.`, and a network that ends inside an octet
 * (IPv4) or a hexadecimal digit (IPv6) the zone of each of its parts.
 *
 * Source of the rules: `plugin/pkg/cidr` of CoreDNS 1.14.2.
 */
export function reverseZones(network: Cidr): readonly string[] {
  const step = network.bits === 32 ? 8 : 4;
  const labels = Math.ceil(network.prefix / step);
  const count = 2 ** (labels * step - network.prefix);
  return Array.from({ length: count }, (_, index) => reverseName(network, labels, index));
}

/** The zone that has `labels` labels of the address, `offset` networks of that size behind the first. */
function reverseName(network: Cidr, labels: number, offset: number): string {
  const digits = network.bits === 32 ? network.bytes.map(String) : hexDigits(network.bytes);
  const radix = network.bits === 32 ? 10 : 16;
  const kept = digits.slice(0, labels);
  if (offset > 0) {
    const last = kept.length - 1;
    kept[last] = (parseInt(kept[last] ?? "0", radix) + offset).toString(radix);
  }
  return [...kept.reverse(), network.bits === 32 ? "in-addr.arpa." : "ip6.arpa."].join(".");
}

function hexDigits(bytes: readonly number[]): string[] {
  return bytes.flatMap((byte) => [(byte >> 4).toString(16), (byte & 0xf).toString(16)]);
}
