import { BlockList, isIP } from "node:net";
import { z } from "zod";
import { badParameters } from "../http/errors";

/** Networks that GitLab calls local: https://docs.gitlab.com/security/webhooks/ */
const local = new BlockList();
for (const [network, prefix] of [
  ["127.0.0.0", 8],
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
  ["0.0.0.0", 8],
] as const) {
  local.addSubnet(network, prefix, "ipv4");
}
local.addSubnet("fc00::", 7, "ipv6");
local.addSubnet("fe80::", 10, "ipv6");
local.addAddress("::1", "ipv6");

/**
 * What is wrong with the URL of a hook; undefined when GitLab takes it. Names are not looked up.
 * @param allowsLocal the instance's setting
 */
export function urlFault(url: string, allowsLocal: boolean): string | undefined {
  if (!URL.canParse(url)) return "URI is invalid";
  const { protocol, hostname } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") return "Only allowed schemes are http, https";
  if (hostname === "") return "URI is invalid";
  if (allowsLocal) return undefined;
  const address = hostname.replace(/^\[|\]$/g, "");
  if (address === "localhost") return "Requests to localhost are not allowed";
  const family = isIP(address);
  const isLocal = family !== 0 && local.check(address, family === 4 ? "ipv4" : "ipv6");
  return isLocal ? "Requests to the local network are not allowed" : undefined;
}

const headersShape = z.array(z.object({ key: z.string().regex(/^[A-Za-z0-9_-]+$/), value: z.string() })).max(20);

/** The headers that a request gives to a hook; undefined when it says nothing of them. */
export function readHeaders(given: unknown): z.infer<typeof headersShape> | undefined {
  if (given === undefined) return undefined;
  const read = headersShape.safeParse(given);
  if (!read.success) throw badParameters("custom_headers is invalid");
  return read.data;
}
