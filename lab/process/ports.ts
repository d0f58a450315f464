import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Below the range from which Linux takes the ports of outgoing connections (32768 and up, `ip_local_port_range`), so
 * that no connection of another process can take a chosen port before it is listened on.
 */
const range = { first: 20_000, last: 29_999 };

/** As many different ports as asked for on which nothing listens on 127.0.0.1. Random, so that labs do not compete. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  for (let attempts = 0; ports.size < count; attempts += 1) {
    if (attempts > 1_000) throw new Error(`no ${String(count)} free ports from ${String(range.first)} on`);
    const port = randomInt(range.first, range.last + 1);
    if (!ports.has(port) && (await isFree(port))) ports.add(port);
  }
  return [...ports];
}

/** Whether nothing listens on this port of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => {
      resolve(false);
    });
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
