import { status } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Calls } from "./calls";
import { ProviderError } from "./errors";
import { fromStruct, toStruct } from "./marshal";
import { checkResponse, diffResponse, failureList, subjectOf, timeoutOf } from "./messages";
import type { Provider } from "./provider";

/** The methods of the protocol that this server answers; the others are UNIMPLEMENTED by gRPC itself. */
export type Service = Pick<
  IResourceProviderServer,
  | "handshake"
  | "attach"
  | "getPluginInfo"
  | "getSchema"
  | "checkConfig"
  | "diffConfig"
  | "configure"
  | "check"
  | "diff"
  | "create"
  | "read"
  | "update"
  | "delete"
  | "invoke"
  | "cancel"
>;

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
    handshake: calls.handler((request: messages.ProviderHandshakeRequest) => {
      provider.handshake?.(request.getEngineAddress());
      return new messages.ProviderHandshakeResponse().setAcceptSecrets(true);
    }),
    attach: calls.handler((request) => {
      calls.attach(request.getAddress());
      return new Empty();
    }),
    getPluginInfo: calls.handler(() => new PluginInfo().setVersion(provider.version)),
    getSchema: calls.handler(() => new messages.GetSchemaResponse().setSchema(provider.getSchema?.() ?? "{}")),
    cancel: calls.handler(() => {
      calls.cancel();
      provider.cancel?.();
      return new Empty();
    }),
  } satisfies Partial<Service>;
}

function configuration(provider: Provider, calls: Calls) {
  return {
    checkConfig: calls.handler(async (request, call) => {
      const check = provider.checkConfig?.bind(provider) ?? ((asked) => Promise.resolve({ inputs: asked.newInputs }));
      return checkResponse(await check(checkRequest(request), call));
    }),
    diffConfig: calls.handler(async (request, call) => {
      if (provider.diffConfig === undefined) throw new ProviderError(status.UNIMPLEMENTED, "DiffConfig");
      return diffResponse(await provider.diffConfig(diffRequest(request), call));
    }),
    configure: calls.handler(async (request, call) => {
      await provider.configure({ inputs: fromStruct(request.getArgs()) }, call);
      return new messages.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
    }),
    invoke: calls.handler(async (request, call) => {
      const token = request.getTok();
      if (provider.invoke === undefined) throw new ProviderError(status.UNIMPLEMENTED, `unknown function ${token}`);
      const inputs = fromStruct(request.getArgs());
      const { outputs, failures } = await provider.invoke({ token, inputs, preview: request.getPreview() }, call);
      return new messages.InvokeResponse().setReturn(toStruct(outputs)).setFailuresList(failureList(failures));
    }),
  } satisfies Partial<Service>;
}

function resources(provider: Provider, calls: Calls) {
  return {
    check: calls.handler(async (request, call) => checkResponse(await provider.check(checkRequest(request), call))),
    diff: calls.handler(async (request, call) =>
      diffResponse(await provider.diff({ ...diffRequest(request), id: request.getId() }, call)),
    ),
    create: calls.handler(async (request, call) => {
      const { id, outputs } = await provider.create(
        {
          ...subjectOf(request),
          inputs: fromStruct(request.getProperties()),
          preview: request.getPreview(),
          timeoutSeconds: timeoutOf(request),
        },
        call,
      );
      return new messages.CreateResponse().setId(id).setProperties(toStruct(outputs));
    }),
    read: calls.handler(async (request, call) => {
      const { id, inputs, outputs } = await provider.read(
        {
          ...subjectOf(request),
          id: request.getId(),
          oldInputs: fromStruct(request.getInputs()),
          oldOutputs: fromStruct(request.getProperties()),
        },
        call,
      );
      // The engine knows that there is no such resource by the absence of properties, not by the empty id.
      if (id === "") return new messages.ReadResponse();
      return new messages.ReadResponse().setId(id).setInputs(toStruct(inputs)).setProperties(toStruct(outputs));
    }),
    update: calls.handler(async (request, call) => {
      const { outputs } = await provider.update(
        {
          ...diffRequest(request),
          id: request.getId(),
          preview: request.getPreview(),
          timeoutSeconds: timeoutOf(request),
        },
        call,
      );
      return new messages.UpdateResponse().setProperties(toStruct(outputs));
    }),
    delete: calls.handler(async (request, call) => {
      await provider.delete(
        {
          ...subjectOf(request),
          id: request.getId(),
          oldInputs: fromStruct(request.getOldInputs()),
          oldOutputs: fromStruct(request.getProperties()),
          timeoutSeconds: timeoutOf(request),
        },
        call,
      );
      return new Empty();
    }),
  } satisfies Partial<Service>;
}

function checkRequest(request: messages.CheckRequest) {
  return {
    ...subjectOf(request),
    oldInputs: fromStruct(request.getOlds()),
    newInputs: fromStruct(request.getNews()),
    randomSeed: request.getRandomseed_asU8(),
  };
}

/** Diff and Update name the old outputs `olds` and the new inputs `news`. */
function diffRequest(request: messages.DiffRequest | messages.UpdateRequest) {
  return {
    ...subjectOf(request),
    oldInputs: fromStruct(request.getOldInputs()),
    oldOutputs: fromStruct(request.getOlds()),
    newInputs: fromStruct(request.getNews()),
    ignoreChanges: request.getIgnorechangesList(),
  };
}
