import type { DnsForward } from "../model/platform";
import type { Problem } from "../model/problem";
import { isWithin } from "./domain-name";
import { splitHostPort } from "./go-values";
import { isLoopback, isMulticastOrBroadcast, isUnspecified, parseCidr, parseIp, sameIp, type IpAddress } from "./ip";
import { MAX_UPSTREAMS } from "./plugins/forward";
import { parseKey } from "./zone";

/** A forward that was found right, ready to be written. */
export interface ForwardRequest {
  /** As it is written: in lower case, without a closing dot. */
  readonly zone: string;
  /** Fully qualified; several for a network that ends inside an octet. */
  readonly zones: readonly string[];
  /** As given. */
  readonly to: readonly string[];
  readonly cacheSeconds: number;
}

/** What a forward must not collide with. */
export interface ClusterFacts {
  /** Names whose queries the cluster itself answers, fully qualified: `cluster.local.` and what `kubernetes` serves. */
  readonly clusterZones: readonly string[];
  /** Zones that have a server block, fully qualified. */
  readonly servedZones: readonly string[];
  /** Addresses at which this very DNS is asked: the service IP. */
  readonly dnsAddresses: readonly IpAddress[];
}

export interface CheckedForwards {
  readonly requests: readonly ForwardRequest[];
  readonly problems: readonly Problem[];
}

/** Judges forwards before they are written. `file` names the Corefile in the problems, whose path is the zone. */
export function checkForwards(forwards: readonly DnsForward[], facts: ClusterFacts, file: string): CheckedForwards {
  const problems: Problem[] = [];
  const requests: ForwardRequest[] = [];
  const seen = new Set<string>();
  for (const forward of forwards) {
    const found = new Found(file, forward.zone, problems);
    const zones = zonesOf(forward.zone, facts, found);
    judgeAddresses(forward.to, facts, found);
    if (!Number.isInteger(forward.cacheSeconds) || forward.cacheSeconds < 1 || forward.cacheSeconds > 86_400) {
      const allowed = "a whole number of seconds, 1 to 86400";
      found.add("the cache time is not right", String(forward.cacheSeconds), allowed, "correct the seconds");
    }
    if (zones.some((zone) => seen.has(zone))) {
      found.add("the zone is forwarded twice", forward.zone, "one forward for each zone", "put all addresses into one");
    }
    for (const zone of zones) seen.add(zone);
    const zone = forward.zone.toLowerCase().replace(/\.$/, "");
    requests.push({ zone, zones, to: forward.to, cacheSeconds: forward.cacheSeconds });
  }
  requests.sort((one, other) => (one.zone < other.zone ? -1 : 1));
  return { requests, problems };
}

class Found {
  constructor(
    private readonly file: string,
    private readonly zone: string,
    private readonly problems: Problem[],
  ) {}

  add(message: string, value: string, allowed: string, fix: string): void {
    const path = this.zone === "" ? "zone (empty)" : `zone ${this.zone}`;
    this.problems.push({ severity: "error", file: this.file, path, value, message, allowed, fix });
  }
}

const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

function zonesOf(zone: string, facts: ClusterFacts, found: Found): readonly string[] {
  const name = zone.toLowerCase().replace(/\.$/, "");
  if (name === "") {
    const fix = "name the private zone, or change the root block of the Corefile by hand";
    found.add("the zone . would take over all of the cluster's DNS", zone, "a zone such as protobox", fix);
    return [];
  }
  const isNetwork = parseCidr(name) !== undefined;
  const isName = name.length <= 253 && name.split(".").every((label) => LABEL.test(label));
  const served = isNetwork || isName ? parseKey(name) : undefined;
  if (served === undefined || "reason" in served) {
    const allowed = "labels of letters, digits, - and _, or a network such as 10.0.0.0/24; no port";
    found.add("this is no zone", zone, allowed, "correct the zone");
    return [];
  }
  for (const own of served.zones) judgeTakeover(own, zone, facts, found);
  return served.zones;
}

function judgeTakeover(own: string, zone: string, facts: ClusterFacts, found: Found): void {
  const taken = facts.clusterZones.find((name) => {
    if (name === own) return true;
    // A server block of its own between the two keeps the cluster's zone where it is.
    const kept = facts.servedZones.some((served) => served !== own && isWithin(name, served) && isWithin(served, own));
    if (isWithin(name, own)) return !kept;
    // Below a reverse zone of the cluster there is room for the networks of others.
    return isWithin(own, name) && !name.endsWith("arpa.");
  });
  if (taken === undefined) return;
  const message = `the zone would take queries for ${taken.slice(0, -1)} away from the cluster`;
  found.add(message, zone, `a zone that neither holds nor lies within ${taken.slice(0, -1)}`, "choose another zone");
}

function judgeAddresses(to: readonly string[], facts: ClusterFacts, found: Found): void {
  const allowed = "an IP address with or without a port: 10.0.0.2:53, [fd00::2]:53";
  if (to.length === 0) found.add("there is no address to forward to", "[]", allowed, "add the DNS server's address");
  if (to.length > MAX_UPSTREAMS) {
    const most = `at most ${String(MAX_UPSTREAMS)}`;
    found.add("there are more addresses than CoreDNS takes", String(to.length), most, "take some out");
  }
  const seen = new Set<string>();
  for (const address of to) {
    const parsed = readAddress(address);
    if (parsed === undefined) {
      const isName = /^(?!\d+(?:\.\d+)*(?::|$))[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?(:\d+)?$/i.test(address);
      const message = isName ? "a host name cannot be forwarded to: only DNS could resolve it" : "this is no address";
      found.add(message, address, allowed, "write the DNS server's IP address");
      continue;
    }
    const id = `${parsed.ip.bytes.join(".")} ${String(parsed.port)}`;
    if (seen.has(id)) found.add("the address is there twice", address, "each address once", "take one out");
    seen.add(id);
    judgeTarget(address, parsed, facts, found);
  }
}

interface Address {
  readonly ip: IpAddress;
  readonly port: number;
}

/** An address that CoreDNS takes for a forward; without a port it takes 53. */
export function readAddress(text: string): Address | undefined {
  const bare = parseIp(text.replace(/^\[(.*)\]$/, "$1"));
  if (bare !== undefined) return { ip: bare, port: 53 };
  const split = splitHostPort(text);
  const ip = split === undefined ? undefined : parseIp(split.host);
  if (split === undefined || ip === undefined || !/^\d{1,5}$/.test(split.port)) return undefined;
  return { ip, port: Number(split.port) };
}

function judgeTarget(text: string, { ip, port }: Address, facts: ClusterFacts, found: Found): void {
  if (port < 1 || port > 65535) found.add("the port is not right", text, "1 to 65535", "correct the port");
  if (isUnspecified(ip)) {
    found.add("the address stands for CoreDNS's own machine", text, "the DNS server's own address", "correct it");
  } else if (isMulticastOrBroadcast(ip)) {
    found.add("no server answers at this address", text, "the DNS server's own address", "correct it");
  } else if (isLoopback(ip) && port === 53) {
    const fix = "write the address by which other machines reach the DNS server";
    found.add("the forward would come back to CoreDNS itself", text, "an address outside CoreDNS's pod", fix);
  } else if (facts.dnsAddresses.some((own) => sameIp(own, ip))) {
    const fix = "write the address of the DNS server that knows the zone";
    found.add("the forward would come back: this is the cluster's own DNS", text, "another DNS server", fix);
  }
}
