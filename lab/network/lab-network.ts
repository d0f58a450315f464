import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import type { ClusterNetwork } from "../control-plane";

/**
 * The block of loopback addresses on which a lab's servers listen, each at its usual port, so that several labs do not
 * meet: its first three numbers, `127.10.0`. No other machine reaches it.
 */
export interface LabNetwork {
  readonly block: string;
  /** Address translation: what stands on the left in configuration is reached at the address on the right. */
  readonly translations: Readonly<Record<string, string>>;
}

/**
 * The hosts of a lab's network and the last number of their address. Those with a `declared` address are named by it in
 * configuration, as on a real network: the stack `dev` forwards to a dnsmasq at 10.0.0.53.
 */
const hosts = {
  /** What the node's own resolv.conf names: the resolver of a company that knows no private zone. */
  upstreamDns: { last: 1 },
  git: { last: 7, declared: "10.0.0.7" },
  gitlab: { last: 8, declared: "10.0.0.8" },
  clusterDns: { last: 10 },
  argocdServer: { last: 20 },
  argocdRepoServer: { last: 21 },
  argocdRedis: { last: 22 },
  argocdController: { last: 23 },
  argocdApplicationSet: { last: 24 },
  nodeLocalDns: { last: 25, declared: "169.254.25.10" },
  argocdNotifications: { last: 26 },
  dnsmasq: { last: 53, declared: "10.0.0.53" },
  consul: { last: 54, declared: "10.0.0.54" },
  identity: { last: 80 },
} as const satisfies Record<string, { readonly last: number; readonly declared?: string }>;
export type LabHost = keyof typeof hosts;

/** Where a host of the lab listens: `127.10.0.53`. */
export function addressOf({ block }: Pick<LabNetwork, "block">, host: LabHost): string {
  return `${block}.${String(hosts[host].last)}`;
}

/** The network of a lab whose cluster has these addresses. */
export function labNetwork(block: string, cluster: ClusterNetwork): LabNetwork {
  const declared = Object.entries(hosts).flatMap(([name, host]) =>
    "declared" in host ? [[host.declared, addressOf({ block }, name as LabHost)] as const] : [],
  );
  // What kube-proxy does on a node.
  const services = [[cluster.dnsServiceAddress, addressOf({ block }, "clusterDns")] as const];
  return { block, translations: Object.fromEntries([...declared, ...services]) };
}

/** A text with each declared address replaced by the one at which the lab has that host. Other addresses stay. */
export function translate(network: LabNetwork, text: string): string {
  return text.replace(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/g, (address) =>
    Object.hasOwn(network.translations, address) ? (network.translations[address] ?? address) : address,
  );
}

/** What the addresses that people open are in, unless another lab has it: the stack `dev` names some of them. */
export const preferredBlock = "127.10.0";

/**
 * A block in which nobody answers DNS: the wanted one if it is free. Random otherwise, so that labs that start at the
 * same time do not meet.
 * @param wanted for the lab whose addresses people know by heart; any other lab wants none in particular
 */
export async function chooseBlock(wanted: string = randomBlock()): Promise<string> {
  for (let attempts = 0, block = wanted; attempts < 100; attempts += 1) {
    if (await isUnused(block)) return block;
    block = randomBlock();
  }
  throw new Error("no free block of loopback addresses");
}

function randomBlock(): string {
  return `127.${String(randomInt(11, 250))}.${String(randomInt(0, 256))}`;
}

/** A running lab of the second storey has a resolver; without the right to listen on port 53 nobody can be asked. */
function isUnused(block: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code !== "EADDRINUSE");
    });
    socket.bind({ address: addressOf({ block }, "upstreamDns"), port: 53, exclusive: true }, () => {
      socket.close(() => {
        resolve(true);
      });
    });
  });
}
