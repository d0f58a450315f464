import { status } from "@grpc/grpc-js";
import { ProviderError } from "../rpc";
import { ApiError, NoSuchKind, Unreachable } from "./api/errors";

/** An error of the user's or the cluster's making: the message is all that there is to say. */
export function refusal(message: string, cause?: unknown): ProviderError {
  return new ProviderError(status.UNKNOWN, message, { cause });
}

/**
 * Runs a step so that what the API server refuses, or what is thrown as a plain Error, counts as a refusal. A bug (a
 * TypeError and the like) keeps its stack.
 */
export async function refusing<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const expected =
      error instanceof ApiError ||
      error instanceof NoSuchKind ||
      error instanceof Unreachable ||
      (error instanceof Error && error.constructor === Error);
    throw expected ? refusal(error.message, error) : error;
  }
}
