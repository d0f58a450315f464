import { Server, ServerCredentials, type ServiceError, status } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { ResourceProviderService as engine } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Call, InitializationError, ProviderError, Secret } from "../../../../../lab/plugins/rpc";
import { fromStruct } from "./structs";
import { ask, begin, serve, stopAll, stopLater, urn } from "./served";

afterEach(() => {
  stopAll();
  vi.restoreAllMocks();
});

describe("a call of the engine", () => {
  it("lets the engine keep the state of what exists but is not ready", async () => {
    const state = { id: "ns/web", inputs: { a: 1 }, outputs: { a: 1, b: new Secret("s") } };
    const client = await serve({
      update: () => Promise.reject(new InitializationError(state, ["1 of 3 pods is ready", "image cannot be pulled"])),
    });
    const failed = ask(client, engine.update, new messages.UpdateRequest().setUrn(urn));
    const error = (await failed.catch((thrown: unknown) => thrown)) as ServiceError;
    const [packed] = Status.deserializeBinary(
      error.metadata.get("grpc-status-details-bin")[0] as Buffer,
    ).getDetailsList();
    expect(packed?.getTypeName()).toBe("pulumirpc.ErrorResourceInitFailed");
    const detail = messages.ErrorResourceInitFailed.deserializeBinary(packed?.getValue_asU8() ?? new Uint8Array());
    expect(detail.getId()).toBe("ns/web");
    expect(detail.getReasonsList()).toEqual(["1 of 3 pods is ready", "image cannot be pulled"]);
    expect(fromStruct(detail.getInputs())).toEqual({ a: 1 });
    expect((fromStruct(detail.getProperties())["b"] as Secret).value).toBe("s");
  });

  it.each([
    [new ProviderError(status.NOT_FOUND, "gone"), status.NOT_FOUND, "gone"],
    [new Error("broken"), status.UNKNOWN, "broken"],
    [new DOMException("stopped", "AbortError"), status.CANCELLED, "stopped"],
  ])("sends %s as the status %i", async (thrown, code, details) => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const client = await serve({ delete: () => Promise.reject(thrown) });
    const failed = ask(client, engine.delete, new messages.DeleteRequest().setUrn(urn));
    await expect(failed).rejects.toMatchObject({ code, details });
  });

  it("aborts running calls, and those that follow, when the user cancels", async () => {
    const signals: AbortSignal[] = [];
    const untilAborted = ({ signal }: Call): Promise<never> => {
      signals.push(signal);
      return new Promise((_, reject) => {
        const stop = (): void => reject(signal.reason as Error);
        if (signal.aborted) stop();
        else signal.addEventListener("abort", stop);
      });
    };
    const cancel = vi.fn();
    const client = await serve({ delete: (_, call) => untilAborted(call), cancel });
    const remove = (): Promise<unknown> => ask(client, engine.delete, new messages.DeleteRequest().setUrn(urn));
    const first = expect(remove()).rejects.toMatchObject({ code: status.CANCELLED });
    await vi.waitFor(() => expect(signals).toHaveLength(1), 30_000);
    await ask(client, engine.cancel, new Empty());
    await first;
    await expect(remove()).rejects.toMatchObject({ code: status.CANCELLED });
    expect(cancel).toHaveBeenCalledOnce();
  });

  it("aborts a call that the engine gives up, and no other", async () => {
    const signals: AbortSignal[] = [];
    const client = await serve({
      delete: (_, { signal }) => {
        signals.push(signal);
        return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
      },
    });
    const silent = vi.spyOn(console, "error").mockImplementation(() => {});
    const request = new messages.DeleteRequest().setUrn(urn);
    const given = begin(client, engine.delete, request);
    const other = begin(client, engine.delete, request);
    await vi.waitFor(() => expect(signals).toHaveLength(2), 30_000);
    given.cancel();
    await expect(given.answer).rejects.toMatchObject({ code: status.CANCELLED });
    await vi.waitFor(() => expect(signals.filter(({ aborted }) => aborted)).toHaveLength(1), 30_000);
    other.cancel();
    await expect(other.answer).rejects.toMatchObject({ code: status.CANCELLED });
    await vi.waitFor(() => expect(silent).toHaveBeenCalledTimes(2), 30_000);
  });

  it("delivers its lines to the engine before the answer", async () => {
    const lines: object[] = [];
    const log = new Server();
    log.addService(EngineService, {
      log: (call: { request: LogRequest }, respond: (error: null, response: Empty) => void) => {
        setTimeout(() => {
          lines.push(call.request.toObject());
          respond(null, new Empty());
        }, 20);
      },
    });
    const port = await new Promise<number>((resolve) =>
      log.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (_, bound) => resolve(bound)),
    );
    stopLater(() => log.forceShutdown());
    const client = await serve(
      {
        delete: (_, call) => {
          call.log("warning", "still there");
          call.status("waiting for pods");
          return Promise.resolve();
        },
      },
      `127.0.0.1:${port}`,
    );
    await ask(client, engine.delete, new messages.DeleteRequest().setUrn(urn));
    expect(lines).toEqual([
      { severity: 2, message: "still there", urn, streamid: 0, ephemeral: false },
      { severity: 1, message: "waiting for pods", urn, streamid: 0, ephemeral: true },
    ]);
  });
});
