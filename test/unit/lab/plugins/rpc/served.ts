import { Client, credentials, type MethodDefinition } from "@grpc/grpc-js";
import { listen, type Provider } from "../../../../../lab/plugins/rpc";

/** The URN of a nested resource whose name looks like a URN's part. */
export const urn = "urn:pulumi:dev::shop::my:Component$random:index/randomId:RandomId::a::b";

const refuse = (): Promise<never> => Promise.reject(new Error("not part of this test"));
const running: (() => void)[] = [];

/** Something to be stopped by `stopAll`. */
export function stopLater(stop: () => void): void {
  running.push(stop);
}

/** Stops what the test started, in reverse order. */
export function stopAll(): void {
  while (running.length > 0) running.pop()?.();
}

/** A provider of which a test writes only the methods that it calls, served, with a client on it. */
export async function serve(methods: Partial<Provider>, engine?: string): Promise<Client> {
  const unused = { configure: refuse, check: refuse, diff: refuse, create: refuse, read: refuse };
  const provider = { version: "1.2.3", ...unused, update: refuse, delete: refuse, ...methods };
  const served = await listen(provider, engine);
  stopLater(() => served.stop());
  const options = { "grpc.enable_http_proxy": 0, "grpc.max_receive_message_length": -1 };
  const client = new Client(`127.0.0.1:${served.port}`, credentials.createInsecure(), options);
  stopLater(() => client.close());
  return client;
}

/** An answer on its way, and the way to give the call up. */
export interface Asked<Response> {
  readonly answer: Promise<Response>;
  cancel(): void;
}

/** Calls a method as the engine does. */
export function begin<Q, R>(client: Client, method: MethodDefinition<Q, R>, request: Q): Asked<R> {
  let cancel = (): void => {};
  const answer = new Promise<R>((resolve, reject) => {
    const { path, requestSerialize, responseDeserialize } = method;
    const call = client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, response) => {
      if (response === undefined) reject(error ?? new Error("neither answer nor error"));
      else resolve(response);
    });
    cancel = () => call.cancel();
  });
  return { answer, cancel };
}

/** Calls a method and waits for the answer. Rejects with a gRPC `ServiceError`. */
export function ask<Q, R>(client: Client, method: MethodDefinition<Q, R>, request: Q): Promise<R> {
  return begin(client, method, request).answer;
}
