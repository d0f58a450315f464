import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addressOf } from "../network/lab-network";
import type { Part } from "../parts/part";
import { dnsProbe } from "./dns-probe";

const ports = { dns: 8600, http: 8500 } as const;

/** The documents' other DNS server: a Consul that knows the service `git`, and so `git.service.consul`. */
export const consul: Part = {
  name: "consul",
  tools: ["consul"],
  programs: [],

  prepare({ layout, network, tool }) {
    const address = addressOf(network, "consul");
    const folder = join(layout.parts, "consul");
    mkdirSync(folder, { recursive: true });
    // A service without a check is healthy as long as its node is.
    const git = { service: { name: "git", address: addressOf(network, "git"), port: 80 } };
    writeFileSync(join(folder, "git.json"), `${JSON.stringify(git, undefined, 2)}\n`);
    // The catalogue is in memory: what is registered is in the folder.
    const settings = { disable_update_check: true, ports: { ...ports, grpc: -1, grpc_tls: -1, serf_wan: -1 } };
    writeFileSync(join(folder, "settings.json"), `${JSON.stringify(settings, undefined, 2)}\n`);
    return Promise.resolve([
      [
        {
          name: "consul",
          command: tool("consul"),
          args: ["agent", "-dev", "-node=lab", `-bind=${address}`, `-client=${address}`, `-config-dir=${folder}`],
          log: join(layout.logs, "consul.log"),
          host: address,
          ports: [ports.dns, ports.http],
          ready: dnsProbe({ address, port: ports.dns, name: "git.service.consul", exists: true }),
        },
      ],
    ]);
  },

  describe({ network }) {
    const address = addressOf(network, "consul");
    return [
      { what: "Consul's DNS (git.service.consul)", address: `${address}:${String(ports.dns)}` },
      { what: "Consul", address: `http://${address}:${String(ports.http)}` },
    ];
  },
};
