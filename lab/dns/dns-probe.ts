import { NODATA, NOTFOUND, REFUSED } from "node:dns";
import { Resolver } from "node:dns/promises";
import type { Probe } from "../process";

/** A DNS server and a name that tells whether it is ready. */
export interface DnsQuestion {
  readonly address: string;
  /** @default 53 */
  readonly port?: number;
  readonly name: string;
  /** Whether the name must have an address; otherwise that there is none is an answer as well. @default false */
  readonly exists?: boolean;
}

/** What says that a name has no address. */
const answers: readonly string[] = [NODATA, NOTFOUND, REFUSED];

/** Ready as soon as the server answers. A server that has not yet read what it serves says SERVFAIL. */
export function dnsProbe({ address, port = 53, name, exists = false }: DnsQuestion): Probe {
  return async (signal) => {
    const resolver = new Resolver({ timeout: 1_000, tries: 1 });
    resolver.setServers([`${address}:${String(port)}`]);
    const cancel = (): void => {
      resolver.cancel();
    };
    signal.addEventListener("abort", cancel);
    try {
      await resolver.resolve4(name);
      return true;
    } catch (error) {
      const { code = "", message } = error as NodeJS.ErrnoException;
      return !exists && answers.includes(code) ? true : message;
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  };
}
