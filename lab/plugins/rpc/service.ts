import { type handleUnaryCall, status } from "@grpc/grpc-js";
import type { Calls } from "./calls";
import { ProviderError } from "./errors";
import { about, checkResponse, diffResponse } from "./messages";
import type { providerMethods, RequestOf, ResponseOf } from "./protocol";
import type { Provider } from "./provider";

type Methods = typeof providerMethods;

/** A handler for each method that this server answers; the other methods are UNIMPLEMENTED by gRPC itself. */
export type Service = {
  readonly [Name in keyof Methods]: handleUnaryCall<RequestOf<Methods[Name]>, ResponseOf<Methods[Name]>>;
};

/**
 * A provider as the gRPC service `pulumirpc.ResourceProvider`. It accepts secrets, previews, and neither resource
 * references (the engine sends their id or URN) nor output values (it sends secrets and unknowns).
 */
export function serviceOf(provider: Provider, calls: Calls): Service {
  return {
    ...lifecycle(provider, calls),
    ...configuration(provider, calls),
    ...resources(provider, calls),
  };
}

function lifecycle(provider: Provider, calls: Calls) {
  return {
    handshake: calls.handler(({ engineAddress }) => {
      provider.handshake?.(engineAddress);
      return { acceptSecrets: true };
    }),
    attach: calls.handler(({ address }) => {
      calls.attach(address);
      return {};
    }),
    getPluginInfo: calls.handler(() => ({ version: provider.version })),
    getSchema: calls.handler(() => ({ schema: provider.getSchema?.() ?? "{}" })),
    cancel: calls.handler(() => {
      calls.cancel();
      provider.cancel?.();
      return {};
    }),
  } satisfies Partial<Service>;
}

function configuration(provider: Provider, calls: Calls) {
  return {
    checkConfig: calls.handler(async (request, call) => {
      const check = provider.checkConfig?.bind(provider) ?? ((asked) => Promise.resolve({ inputs: asked.newInputs }));
      return checkResponse(await check(about(request), call));
    }),
    diffConfig: calls.handler(async (request, call) => {
      if (provider.diffConfig === undefined) throw new ProviderError(status.UNIMPLEMENTED, "DiffConfig");
      return diffResponse(await provider.diffConfig(about(request), call));
    }),
    configure: calls.handler(async (request, call) => {
      await provider.configure(request, call);
      return { acceptSecrets: true, supportsPreview: true };
    }),
    invoke: calls.handler(async (request, call) => {
      if (provider.invoke === undefined) {
        throw new ProviderError(status.UNIMPLEMENTED, `unknown function ${request.token}`);
      }
      const { outputs, failures = [] } = await provider.invoke(request, call);
      return { outputs, failures };
    }),
  } satisfies Partial<Service>;
}

function resources(provider: Provider, calls: Calls) {
  return {
    check: calls.handler(async (request, call) => checkResponse(await provider.check(about(request), call))),
    diff: calls.handler(async (request, call) => diffResponse(await provider.diff(about(request), call))),
    create: calls.handler(async (request, call) => provider.create(about(request), call)),
    read: calls.handler(async (request, call) => {
      const { id, inputs, outputs } = await provider.read(about(request), call);
      // The engine knows that there is no such resource by the absence of properties, not by the empty id.
      return id === "" ? {} : { id, inputs, outputs };
    }),
    update: calls.handler(async (request, call) => {
      const { outputs } = await provider.update(about(request), call);
      return { outputs };
    }),
    delete: calls.handler(async (request, call) => {
      await provider.delete(about(request), call);
      return {};
    }),
  } satisfies Partial<Service>;
}
