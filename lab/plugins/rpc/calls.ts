import { type handleUnaryCall, type ServerUnaryCall, status } from "@grpc/grpc-js";
import { Engine, type EngineAddress } from "./engine";
import { InitializationError, ProviderError, toServiceError } from "./errors";
import type { Call } from "./provider";

/** What all calls of one plugin process share: the engine they log to, and the user's wish to stop. */
export class Calls {
  readonly #cancelled = new AbortController();
  #engine: Engine;

  constructor(address: EngineAddress | undefined) {
    this.#engine = new Engine(address);
  }

  /** Logs to another engine from now on: the one that a debugger's provider is attached to. */
  attach(address: EngineAddress): void {
    this.#engine = new Engine(address);
  }

  /** Aborts every running call, and those that follow: the engine cancels a whole update, never one call. */
  cancel(): void {
    this.#cancelled.abort(new ProviderError(status.CANCELLED, "the update was cancelled"));
  }

  /**
   * Makes a gRPC handler of an async function. What it throws is sent as a status; what it logs has arrived at
   * the engine before its answer does.
   */
  handler<Request, Response>(
    run: (request: Request, call: Call) => Promise<Response> | Response,
  ): handleUnaryCall<Request, Response> {
    return (rpc, respond) => {
      void this.#run(rpc, run).then(
        (response) => respond(null, response),
        (error: unknown) => {
          // Hidden unless the engine's log is on; a stack there tells a bug from a refusal.
          if (!(error instanceof ProviderError || error instanceof InitializationError)) console.error(error);
          respond(toServiceError(error));
        },
      );
    };
  }

  async #run<Request, Response>(
    rpc: ServerUnaryCall<Request, Response>,
    run: (request: Request, call: Call) => Promise<Response> | Response,
  ): Promise<Response> {
    const engine = this.#engine;
    const given = new AbortController();
    rpc.on("cancelled", () => given.abort(new ProviderError(status.CANCELLED, "the engine gave the call up")));
    const urn = urnOf(rpc.request);
    const call: Call = {
      signal: AbortSignal.any([given.signal, this.#cancelled.signal]),
      log: (severity, message) => engine.log({ severity, message, urn, ephemeral: false }),
      status: (message) => engine.log({ severity: "info", message, urn, ephemeral: true }),
    };
    try {
      return await run(rpc.request, call);
    } finally {
      await engine.flush();
    }
  }
}

function urnOf(request: unknown): string {
  return (request as { readonly urn?: string }).urn ?? "";
}
