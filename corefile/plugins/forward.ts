import { parseIp, type IpAddress } from "../ip";
import { splitHostPort } from "../go-values";
import { isDomainName } from "../domain-name";
import { normalizeExact, splitTransport, type Transport } from "../zone";
import type { Word } from "../corefile";
import {
  duration,
  expectCount,
  integer,
  oneOf,
  option,
  readOptions,
  Refusal,
  single,
  Unjudged,
  unsigned,
  type Option,
  type PluginCheck,
} from "./check";
import { responseCode } from "./dns-names";

/** One upstream of a `forward`. */
export interface Upstream {
  readonly transport: Transport;
  readonly ip: IpAddress;
  /** The part behind `%` of a link-local address. */
  readonly scope: string;
  readonly port: string;
}

/** CoreDNS refuses more upstreams than this in one `forward`. */
export const MAX_UPSTREAMS = 15;

/** In every container: the only file that may be taken to exist. */
const RESOLV_CONF = "/etc/resolv.conf";

/**
 * Reads an upstream as CoreDNS does; undefined where it is none, but the name of a file.
 * Source of the rules: `parse.HostPortOrFile` of CoreDNS 1.14.2.
 */
export function parseUpstream(text: string): Upstream | undefined {
  const { transport, rest } = splitTransport(text);
  const split = splitHostPort(rest);
  const host = split?.host ?? rest.replace(/^[[\]]+|[[\]]+$/g, "");
  const percent = host.lastIndexOf("%");
  const ip = parseIp(percent < 0 ? host : host.slice(0, percent));
  if (ip === undefined) return undefined;
  const port = split?.port ?? (transport === "tls" ? "853" : "53");
  return { transport, ip, scope: percent < 0 ? "" : host.slice(percent + 1), port };
}

const options: Readonly<Record<string, Option>> = {
  except: option(1, Infinity),
  max_fails: single((word) => unsigned(word, 32)),
  max_connect_attempts: single((word) => unsigned(word, 32)),
  health_check: (cursor) => {
    single((word) => duration(word, 0))(cursor);
    while (cursor.nextArgument()) {
      if (cursor.text === "no_rec") continue;
      oneOf(cursor.current, "no_rec", "domain");
      single((word) => {
        if (!isDomainName(word.text)) throw new Refusal("this is no domain name", word);
      })(cursor);
    }
  },
  force_tcp: noArgument,
  prefer_udp: noArgument,
  tls: (cursor) => {
    const args = cursor.remainingArguments();
    expectCount(args, 0, 3, cursor.current);
    if (args.length > 0) throw new Unjudged("it names certificate files");
  },
  tls_servername: single(() => undefined),
  expire: single((word) => duration(word, 0)),
  max_idle_conns: single((word) => integer(word, 0)),
  policy: single((word) => {
    oneOf(word, "random", "round_robin", "sequential");
  }),
  max_concurrent: single((word) => integer(word, 0)),
  next: option(1, Infinity, (args) => {
    args.forEach(responseCode);
  }),
  failfast_all_unhealthy_upstreams: option(0, 0),
  failover: option(1, Infinity, (args) => {
    for (const word of args) {
      responseCode(word);
      if (word.text.toUpperCase() === "NOERROR") throw new Refusal("NOERROR is no failure", word);
    }
  }),
};

function noArgument(cursor: Parameters<Option>[0]): void {
  if (cursor.nextArgument()) throw new Refusal("the option takes no argument", cursor.current);
}

/** `forward FROM TO... { options }`, any number of times. */
export const forward: PluginCheck = (cursor) => {
  while (cursor.next()) {
    const plugin = cursor.current;
    if (!cursor.nextArgument()) throw new Refusal("forward has no zone", plugin, "forward . 10.0.0.2:53");
    const from = cursor.current;
    if (normalizeExact(cursor.text).length === 0) throw new Refusal("this is no zone", from, ". or a domain name");
    const to = cursor.remainingArguments();
    if (to.length === 0) throw new Refusal("forward has no address", from, "1 to 15 addresses behind the zone");
    const unseenFile = to.filter((word) => !isUpstream(word));
    let serverName = false;
    readOptions(cursor, {
      ...options,
      tls_servername: (at) => {
        serverName = true;
        options["tls_servername"]?.(at);
      },
    });
    for (const word of to) judgeTransport(word, serverName);
    if (to.length > MAX_UPSTREAMS) {
      throw new Refusal(
        `there are ${String(to.length)} addresses`,
        to[MAX_UPSTREAMS],
        `at most ${String(MAX_UPSTREAMS)}`,
      );
    }
    if (unseenFile.some((word) => word.text !== RESOLV_CONF)) throw new Unjudged("it names a file");
  }
};

/** Whether the word is an address; false for a file. A name is refused, since no such file can be meant. */
function isUpstream(word: Word): boolean {
  const { transport, rest } = splitTransport(word.text);
  if (rest === "") throw new Refusal("the address is empty", word, "an IP address, with or without a port");
  if (transport === "unix" || parseUpstream(word.text) !== undefined) return true;
  if (word.text.startsWith("/") && !/:\d*$/.test(word.text)) return false;
  throw new Refusal("this is neither an IP address nor a file", word, "an IP address, with or without a port");
}

function judgeTransport(word: Word, serverName: boolean): void {
  const upstream = parseUpstream(word.text);
  const transport = upstream?.transport ?? splitTransport(word.text).transport;
  if (transport !== "dns" && transport !== "tls") {
    throw new Refusal(`forward cannot speak ${transport}`, word, "a plain address or tls://");
  }
  if (transport === "tls" && upstream !== undefined && upstream.scope !== "" && serverName) {
    throw new Refusal("the server's name is given twice", word, "tls_servername or the part behind %");
  }
}
