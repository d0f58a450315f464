import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** `host:port` of the engine that started the plugin. */
export type EngineAddress = string;

const severities = {
  debug: LogSeverity.DEBUG,
  info: LogSeverity.INFO,
  warning: LogSeverity.WARNING,
  error: LogSeverity.ERROR,
} as const;

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
  readonly #client: EngineClient | undefined;
  readonly #pending = new Set<Promise<void>>();

  /** Without an address (a plugin started by hand) lines go to stderr. */
  constructor(address: EngineAddress | undefined) {
    // The engine is on this machine: a proxy from the environment would only stand in the way.
    const options = { "grpc.enable_http_proxy": 0 };
    this.#client = address === undefined ? undefined : new EngineClient(address, credentials.createInsecure(), options);
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
    const request = new LogRequest()
      .setSeverity(severities[severity])
      .setMessage(message)
      .setUrn(urn)
      .setEphemeral(ephemeral);
    // A line that cannot be delivered is no reason to fail the operation that wanted to say it.
    return new Promise((resolve) => client.log(request, () => resolve()));
  }
}
