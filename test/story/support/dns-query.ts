import { Resolver } from "node:dns/promises";
import { setTimeout as delay } from "node:timers/promises";
import { eventually } from "./eventually";

/** Asks as the resolver of a pod does: three times, a second each, before it gives up. */
const stub = { timeout: 1_000, tries: 3 };

/** Milliseconds between two rounds of a loop: many questions a second, and room for those who answer. */
const pace = 5;

/** A DNS server as a test asks it. */
export class DnsServer {
  private readonly resolver = new Resolver(stub);

  /** @param address with or without a port: `127.10.0.54:8600` */
  constructor(readonly address: string) {
    this.resolver.setServers([address]);
  }

  /** The IPv4 addresses of a name, or the code that says why there are none: `ENOTFOUND` for NXDOMAIN. */
  async lookup(name: string): Promise<readonly string[] | string> {
    try {
      return await this.resolver.resolve4(name);
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? String(error);
    }
  }

  /** The seconds that an answer may be kept. */
  async timeToLive(name: string): Promise<number | undefined> {
    return (await this.resolver.resolve4(name, { ttl: true }))[0]?.ttl;
  }

  /** Waits until a name has exactly this address, or this code instead of one. */
  async until(name: string, expected: string, timeout?: number): Promise<void> {
    await eventually(
      async () => (String(await this.lookup(name)) === expected ? true : undefined),
      async () => `${this.address} answers ${String(await this.lookup(name))} for ${name}, not ${expected}`,
      timeout,
    );
  }
}

/** What became of the queries of a loop. */
export interface QueryCount {
  readonly asked: number;
  /** One line for each query without the expected answer: when, for which name, what came instead. */
  readonly failures: readonly string[];
}

/** Asks for names over and over, one after the other, until it is stopped. */
export class QueryLoop {
  private running = true;
  private asked = 0;
  private readonly failures: string[] = [];
  private readonly ended: Promise<void>;

  /** @param expected the address of each name, or the code instead of one */
  constructor(
    private readonly server: DnsServer,
    private readonly expected: Readonly<Record<string, string>>,
  ) {
    this.ended = this.run();
  }

  get count(): QueryCount {
    return { asked: this.asked, failures: this.failures };
  }

  async stop(): Promise<QueryCount> {
    this.running = false;
    await this.ended;
    return this.count;
  }

  private async run(): Promise<void> {
    while (this.running) {
      for (const [name, expected] of Object.entries(this.expected)) {
        const answer = String(await this.server.lookup(name));
        this.asked += 1;
        if (answer !== expected) this.failures.push(`${new Date().toISOString()} ${name}: ${answer}`);
      }
      await delay(pace);
    }
  }
}
