import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import type { PropertyMap } from "./property";
import { initFailure, statusMessage } from "./protocol";

/** An error with a gRPC status. The engine shows the message as it is. */
export class ProviderError extends Error {
  constructor(
    readonly code: status,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "ProviderError";
  }
}

/** What the engine shall put into the state although the operation failed. */
export interface PartialState {
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/**
 * The resource was created, updated or read, but did not become what was asked for: a Deployment that never gets
 * ready. The engine keeps its state, shows the reasons, and tries an update next time.
 */
export class InitializationError extends Error {
  constructor(
    readonly state: PartialState,
    readonly reasons: readonly string[],
  ) {
    super(reasons.join("; "));
    this.name = "InitializationError";
  }
}

/** Any thrown value as what gRPC sends. An abort becomes CANCELLED, an error without a status UNKNOWN. */
export function toServiceError(error: unknown): Partial<ServiceError> {
  if (error instanceof InitializationError) return initializationError(error);
  if (error instanceof ProviderError) return { code: error.code, details: error.message };
  if (error instanceof Error) {
    const code = error.name === "AbortError" ? status.CANCELLED : status.UNKNOWN;
    return { code, details: error.message };
  }
  return { code: status.UNKNOWN, details: String(error) };
}

function initializationError({ state, reasons, message }: InitializationError): Partial<ServiceError> {
  const value = initFailure.encode({ ...state, reasons });
  const details = [{ typeUrl: "type.googleapis.com/pulumirpc.ErrorResourceInitFailed", value }];
  const metadata = new Metadata();
  metadata.set("grpc-status-details-bin", statusMessage.encode({ code: status.UNKNOWN, message, details }));
  return { code: status.UNKNOWN, details: message, metadata };
}
