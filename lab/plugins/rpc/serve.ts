import { Server, ServerCredentials } from "@grpc/grpc-js";
import { Calls } from "./calls";
import type { EngineAddress } from "./engine";
import { providerMethods } from "./protocol";
import type { Provider } from "./provider";
import { serviceOf } from "./service";

/** A provider that listens. */
export interface ServedProvider {
  /** The port on 127.0.0.1. */
  readonly port: number;
  /** Stops at once; running calls are broken off. */
  stop(): void;
}

/** Serves a provider on a free port of the loopback address. */
export async function listen(provider: Provider, engine: EngineAddress | undefined): Promise<ServedProvider> {
  // A CRD or a manifest bundle is larger than gRPC's default limit of 4 MiB.
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  server.addService(providerMethods, { ...serviceOf(provider, new Calls(engine)) });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return { port, stop: () => server.forceShutdown() };
}

/**
 * Runs a provider as the plugin process that the engine expects: the engine's address is the last argument, the
 * port is the first line on stdout, and the process ends with the engine, whose end of our stdin then closes.
 */
export async function servePlugin(provider: Provider, args: readonly string[] = process.argv.slice(2)): Promise<void> {
  const served = await listen(provider, engineAddress(args));
  const end = (): void => {
    served.stop();
    process.exit(0);
  };
  process.on("SIGINT", end).on("SIGTERM", end);
  process.stdin.on("end", end).on("error", end).resume();
  process.stdout.write(`${served.port}\n`);
}

/** The engine's own flags (`-v=9`, `--tracing URL`) come before its address. */
function engineAddress(args: readonly string[]): EngineAddress | undefined {
  const last = args.at(-1);
  return last === undefined || last.startsWith("-") ? undefined : last;
}
