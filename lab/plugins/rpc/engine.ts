import { Client, credentials } from "@grpc/grpc-js";
import { logMethod } from "./protocol";

/** `host:port` of the engine that started the plugin. */
export type EngineAddress = string;

/** Source: `LogSeverity` in proto/pulumi/engine.proto. */
const severities = { debug: 0, info: 1, warning: 2, error: 3 } as const;

/** One line to the engine's display. */
export interface LogLine {
  readonly severity: keyof typeof severities;
  readonly message: string;
  /** The resource it belongs to; empty for the whole update. */
  readonly urn: string;
  /** Shown as the resource's progress only, and kept by nobody. */
  readonly ephemeral: boolean;
}

/** The engine as seen from the plugin: it prints what the plugin has to say. */
export class Engine {
  readonly #client: Client | undefined;
  readonly #pending = new Set<Promise<void>>();

  /** Without an address (a plugin started by hand) lines go to stderr. */
  constructor(address: EngineAddress | undefined) {
    // The engine is on this machine: a proxy from the environment would only stand in the way.
    const options = { "grpc.enable_http_proxy": 0 };
    this.#client = address === undefined ? undefined : new Client(address, credentials.createInsecure(), options);
  }

  log(line: LogLine): void {
    const sent = this.#send(line).finally(() => this.#pending.delete(sent));
    this.#pending.add(sent);
  }

  /** Resolves when the engine has all lines, so that none arrives after the result of its resource. */
  async flush(): Promise<void> {
    await Promise.all(this.#pending);
  }

  #send({ severity, message, urn, ephemeral }: LogLine): Promise<void> {
    const client = this.#client;
    if (client === undefined) {
      process.stderr.write(`${severity}: ${message}\n`);
      return Promise.resolve();
    }
    const request = { severity: severities[severity], message, urn, ephemeral };
    const { path, requestSerialize, responseDeserialize } = logMethod;
    // A line that cannot be delivered is no reason to fail the operation that wanted to say it.
    return new Promise((resolve) => {
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, () => resolve());
    });
  }
}
