import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

/** One look at whether a process is ready. Returns true, or why not yet; it may throw, which says not yet as well. */
export type Probe = (signal: AbortSignal) => Promise<true | string>;

/** Certificates and keys as PEM. */
export interface ClientTls {
  readonly ca: string | Buffer;
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
}

/** Whoever has signed the server's certificate will do: one that a server has made for itself is nobody's. */
export interface UnverifiedTls {
  readonly rejectUnauthorized: false;
}

/** Ready as soon as the URL answers with a 2xx status. */
export function httpProbe(url: string, tls?: ClientTls | UnverifiedTls): Probe {
  return (signal) =>
    new Promise((resolve, reject) => {
      const options = { signal, agent: false, ...tls };
      const request = url.startsWith("https:") ? httpsRequest(url, options) : httpRequest(url, options);
      request.on("error", reject);
      request.on("response", (response) => {
        response.resume();
        const status = response.statusCode ?? 0;
        resolve(status >= 200 && status < 300 ? true : `${url} answers ${String(status)}`);
      });
      request.end();
    });
}

/** Ready as soon as a TCP connection is accepted. */
export function tcpProbe(host: string, port: number): Probe {
  return (signal) =>
    new Promise((resolve, reject) => {
      const socket = connect({ host, port, signal });
      socket.on("error", reject);
      socket.on("connect", () => {
        socket.destroy();
        resolve(true);
      });
    });
}

/** Between two looks: short beside the start of any process, and cheap beside a look. */
const interval = 50;
/** A look that gets no answer is given up, so that a server which hung while starting is asked anew. */
const lookTimeout = 5_000;

/**
 * Looks until the process is ready. Rejects with the signal's reason once it is aborted.
 * @returns undefined when it is ready; after `timeout` milliseconds the last reason why it was not
 */
export async function waitUntilReady(probe: Probe, timeout: number, signal: AbortSignal): Promise<string | undefined> {
  const deadline = Date.now() + timeout;
  for (;;) {
    const answer = await look(probe, signal);
    signal.throwIfAborted();
    if (answer === true) return undefined;
    if (Date.now() >= deadline) return answer;
    await delay(interval, undefined, { signal }).catch(() => {
      signal.throwIfAborted();
    });
  }
}

/** One look of bounded length: true, or why the process is not ready. */
export async function look(probe: Probe, signal?: AbortSignal): Promise<true | string> {
  const limit = AbortSignal.timeout(lookTimeout);
  try {
    return await probe(signal === undefined ? limit : AbortSignal.any([signal, limit]));
  } catch (error) {
    if (limit.aborted) return "it does not answer";
    return error instanceof Error ? error.message : String(error);
  }
}
