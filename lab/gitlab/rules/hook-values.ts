import { z } from "zod";
import { badParameters } from "../http/errors";

/** What is wrong with the URL of a hook; undefined when GitLab takes it. Local networks are allowed, as by the setting. */
export function urlFault(url: string): string | undefined {
  if (!URL.canParse(url)) return "URI is invalid";
  const { protocol, hostname } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") return "Only allowed schemes are http, https";
  return hostname === "" ? "URI is invalid" : undefined;
}

const headersShape = z.array(z.object({ key: z.string().regex(/^[A-Za-z0-9_-]+$/), value: z.string() })).max(20);

/** The headers that a request gives to a hook; undefined when it says nothing of them. */
export function readHeaders(given: unknown): z.infer<typeof headersShape> | undefined {
  if (given === undefined) return undefined;
  const read = headersShape.safeParse(given);
  if (!read.success) throw badParameters("custom_headers is invalid");
  return read.data;
}
