import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addressOf, type LabHost } from "../network/lab-network";
import type { Part, PartContext } from "../parts/part";
import type { ProcessSpec } from "../process";
import { dnsProbe } from "./dns-probe";

/** The zone of the private names that the lab's dnsmasq knows. */
const zone = "protobox";

/**
 * The folder with the names that dnsmasq serves, in files as `/etc/hosts`. It reads a file again as soon as it is
 * written; a name that is taken out of one goes with the next start.
 */
export function dnsmasqHosts(partsFolder: string): string {
  return join(partsFolder, "dnsmasq", "hosts");
}

/** A dnsmasq that answers for what `hosts` holds, and that there is nothing else: it asks nobody. */
export function dnsmasqServer(
  context: PartContext,
  { name, host, hosts }: { readonly name: string; readonly host: LabHost; readonly hosts?: string },
): ProcessSpec {
  const address = addressOf(context.network, host);
  return {
    name,
    command: context.program("dnsmasq"),
    args: [
      // Otherwise it would change its user, and Linux then forgets that it is to end with the process that started it.
      "--no-daemon",
      "--conf-file=/dev/null",
      "--no-resolv",
      "--no-hosts",
      `--listen-address=${address}`,
      // Without it, it would listen on all addresses and only answer at this one.
      "--bind-interfaces",
      "--pid-file=",
      "--log-facility=-",
      // No such name, whatever else is asked for: without it, it would refuse to answer.
      "--address=/#/",
      ...(hosts === undefined ? [] : [`--hostsdir=${hosts}`]),
    ],
    log: join(context.layout.logs, `${name}.log`),
    host: address,
    ports: [53],
    ready: dnsProbe({ address, name: "localhost" }),
  };
}

/** The DNS server of the documents that knows `git.protobox`. */
export const dnsmasq: Part = {
  name: "dnsmasq",
  tools: [],
  programs: ["dnsmasq"],

  prepare(context) {
    const hosts = dnsmasqHosts(context.layout.parts);
    mkdirSync(hosts, { recursive: true });
    const names = (["git", "gitlab"] as const).map((name) => `${addressOf(context.network, name)} ${name}.${zone}\n`);
    writeFileSync(join(hosts, "lab"), names.join(""));
    return Promise.resolve([[dnsmasqServer(context, { name: "dnsmasq", host: "dnsmasq", hosts })]]);
  },

  describe({ network }) {
    return [{ what: `dnsmasq (git.${zone})`, address: `${addressOf(network, "dnsmasq")}:53` }];
  },
};
