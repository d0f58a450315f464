import { Resolver } from "node:dns/promises";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { isAddress } from "../../model/addresses";
import type { Platform } from "../../model/platform";
import { codeOf, probeTcp, probeTls, type Endpoint, type TlsFacts } from "../http/tls-probe";

/** A server that repositories of the catalogue are read from. */
export interface GitHost extends Endpoint {
  readonly tls: boolean;
  /** The catalogue files that name it, sorted. */
  readonly files: readonly string[];
}

/** Who is asked for the host's address, in the order in which Argo CD's pods come by it. */
export type Source =
  | { readonly kind: "address" }
  | { readonly kind: "alias"; readonly ip: string }
  | { readonly kind: "forward"; readonly zone: string; readonly servers: readonly string[] }
  | { readonly kind: "machine" };

export interface GitHostFacts extends GitHost {
  readonly source: Source;
  readonly addresses: readonly string[];
  /** The code of what was wrong with the name; for a forward, of the last of its servers. */
  readonly unresolved?: string;
  /** Servers of the forward that gave no answer, with the code. */
  readonly deadServers: readonly { readonly server: string; readonly code: string }[];
  /** The code of what was wrong with the connection. */
  readonly unreachable?: string;
  readonly handshake?: TlsFacts;
  /** The stack's config has a certificate for this host. */
  readonly hasCertificate: boolean;
}

const PORTS: Readonly<Record<string, number>> = { https: 443, http: 80, ssh: 22 };

/** The hosts of all sources, additional ones too, once each, sorted. */
export function gitHostsOf({ projects }: Platform): readonly GitHost[] {
  const hosts = new Map<string, GitHost>();
  for (const { file, repositories } of projects) {
    for (const { url } of repositories.flatMap(({ sources }) => sources)) {
      const { host, port, tls } = endpointOf(url);
      const key = `${host}:${String(port)}`;
      const files = new Set([...(hosts.get(key)?.files ?? []), file]);
      hosts.set(key, { host, port, tls, files: [...files].sort() });
    }
  }
  return [...hosts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, host]) => host);
}

/** Where a URL leads that the model has accepted: `https://host/path`, `ssh://user@host:22/path`, `user@host:path`. */
export function endpointOf(url: string): Endpoint & { readonly tls: boolean } {
  const full = url.includes("://") ? url : `ssh://${url.replace(/:(?=[^:]*$)/, "/")}`;
  const { protocol, hostname, port } = new URL(full);
  const scheme = protocol.slice(0, -1);
  return {
    host: hostname.replace(/^\[(.*)\]$/, "$1").toLowerCase(),
    port: port === "" ? (PORTS[scheme] ?? 0) : Number(port),
    tls: scheme === "https",
  };
}

/** How Argo CD's pods will come by a host's address, by what the stack's config declares. */
export function sourceOf(host: string, { argocd, dns }: Pick<Platform, "argocd" | "dns">): Source {
  if (isAddress(host)) return { kind: "address" };
  const alias = argocd.hostAliases.find(({ hostnames }) => hostnames.some((name) => name.toLowerCase() === host));
  if (alias !== undefined) return { kind: "alias", ip: alias.ip };
  const [forward] = (dns?.forwards ?? [])
    .filter(({ zone }) => host === zone.toLowerCase() || host.endsWith(`.${zone.toLowerCase()}`))
    // CoreDNS gives a name to the longest zone that it is in.
    .sort((one, other) => other.zone.length - one.zone.length);
  return forward === undefined ? { kind: "machine" } : { kind: "forward", zone: forward.zone, servers: forward.to };
}

export function gatherGitHosts(platform: Platform): Promise<readonly GitHostFacts[]> {
  return Promise.all(gitHostsOf(platform).map((host) => gatherGitHost(host, platform)));
}

async function gatherGitHost(host: GitHost, platform: Platform): Promise<GitHostFacts> {
  const source = sourceOf(host.host, platform);
  const ca = platform.argocd.tlsCertificates[host.host];
  const found = await resolve(host.host, source);
  const facts = { ...host, source, ...found, hasCertificate: ca !== undefined };
  const [address] = found.addresses;
  if (address === undefined) return facts;
  const unreachable = await probeTcp({ host: address, port: host.port });
  if (unreachable !== undefined) return { ...facts, unreachable };
  if (!host.tls) return facts;
  const options = { servername: host.host, ...(ca !== undefined && { ca }) };
  return { ...facts, handshake: await probeTls({ host: address, port: host.port }, options) };
}

type Resolved = Pick<GitHostFacts, "addresses" | "unresolved" | "deadServers">;

async function resolve(host: string, source: Source): Promise<Resolved> {
  switch (source.kind) {
    case "address":
      return { addresses: [host], deadServers: [] };
    case "alias":
      return { addresses: [source.ip], deadServers: [] };
    case "machine":
      try {
        const found = await lookup(host, { all: true });
        return { addresses: found.map(({ address }) => address), deadServers: [] };
      } catch (error) {
        return { addresses: [], unresolved: codeOf(error), deadServers: [] };
      }
    case "forward":
      return askServers(host, source.servers);
  }
}

/** Each of a forward's servers is asked by itself, as CoreDNS takes any of them. */
async function askServers(host: string, servers: readonly string[]): Promise<Resolved> {
  const answers = await Promise.all(servers.map(async (server) => ({ server, ...(await askServer(host, server)) })));
  const deadServers = answers.flatMap(({ server, code }) =>
    code === undefined || isAnswer(code) ? [] : [{ server, code }],
  );
  const addresses = [...new Set(answers.flatMap((answer) => answer.addresses))];
  const unresolved = addresses.length > 0 ? undefined : answers.find(({ code }) => code !== undefined)?.code;
  return { addresses, deadServers, ...(unresolved !== undefined && { unresolved }) };
}

async function askServer(host: string, server: string): Promise<{ addresses: readonly string[]; code?: string }> {
  const resolver = new Resolver({ timeout: 1500, tries: 2 });
  resolver.setServers([server]);
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const addresses = [v4, v6].flatMap((one) => (one.status === "fulfilled" ? one.value : []));
  return addresses.length > 0 || v4.status === "fulfilled" ? { addresses } : { addresses, code: codeOf(v4.reason) };
}

/** The server spoke, and knows no such name or no address of it. */
export function isAnswer(code: string): boolean {
  return code === "ENOTFOUND" || code === "ENODATA";
}

/** `10.0.0.7` or `[fd00::7]:22`, as people write it. */
export function formatEndpoint({ host, port }: Endpoint): string {
  return isIP(host) === 6 ? `[${host}]:${String(port)}` : `${host}:${String(port)}`;
}
