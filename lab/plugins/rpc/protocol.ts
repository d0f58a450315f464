import {
  bytes,
  flag,
  type Message,
  message,
  messageMap,
  messages,
  properties,
  seconds,
  text,
  texts,
  whole,
} from "./wire/message";

/*
 * The messages of the plugin protocol as far as a plugin needs them, and the methods. What is not named here is passed
 * over. Source: proto/pulumi/provider.proto, plugin.proto and engine.proto in pulumi/pulumi.
 */

const empty = message<object>({});
const handshakeRequest = message({ engineAddress: text(1) });
const handshakeResponse = message({ acceptSecrets: flag(1) });
const attachment = message({ address: text(1) });
const pluginInfo = message({ version: text(1) });
const schemaResponse = message({ schema: text(1) });
const configureRequest = message({ inputs: properties(2) });
const configureResponse = message({ acceptSecrets: flag(1), supportsPreview: flag(2) });

const checkFailure = message({ property: text(1), reason: text(2) });
const checkRequest = message({
  urn: text(1),
  oldInputs: properties(2),
  newInputs: properties(3),
  randomSeed: bytes(5),
});
const checkResponse = message({ inputs: properties(1), failures: messages(2, checkFailure) });

const diffRequest = message({
  id: text(1),
  urn: text(2),
  oldOutputs: properties(3),
  newInputs: properties(4),
  ignoreChanges: texts(5),
  oldInputs: properties(6),
});
const propertyDiff = message({ kind: whole(1), inputDiff: flag(2) });
const diffResponse = message({
  replaces: texts(1),
  stables: texts(2),
  deleteBeforeReplace: flag(3),
  changes: whole(4),
  diffs: texts(5),
  detailedDiff: messageMap(6, propertyDiff),
  hasDetailedDiff: flag(7),
});

const createRequest = message({ urn: text(1), inputs: properties(2), timeoutSeconds: seconds(3), preview: flag(4) });
const createResponse = message({ id: text(1), outputs: properties(2) });
const readRequest = message({ id: text(1), urn: text(2), oldOutputs: properties(3), oldInputs: properties(4) });
const readResponse = message({ id: text(1), outputs: properties(2), inputs: properties(3) });
const updateRequest = message({
  id: text(1),
  urn: text(2),
  oldOutputs: properties(3),
  newInputs: properties(4),
  timeoutSeconds: seconds(5),
  ignoreChanges: texts(6),
  preview: flag(7),
  oldInputs: properties(8),
});
const updateResponse = message({ outputs: properties(1) });
const deleteRequest = message({
  id: text(1),
  urn: text(2),
  oldOutputs: properties(3),
  timeoutSeconds: seconds(4),
  oldInputs: properties(5),
});
const invokeRequest = message({ token: text(1), inputs: properties(2), preview: flag(7) });
const invokeResponse = message({ outputs: properties(1), failures: messages(2, checkFailure) });

/** What a failed call says of the resource that exists nevertheless, as a detail of its status. */
export const initFailure = message({ id: text(1), outputs: properties(2), reasons: texts(3), inputs: properties(4) });
/** A message of any kind, with its name. Source: google/protobuf/any.proto. */
const anyMessage = message({ typeUrl: text(1), value: bytes(2) });
/** A status with details. Source: google/rpc/status.proto. */
export const statusMessage = message({ code: whole(1), message: text(2), details: messages(3, anyMessage) });

/** The methods of a provider plugin that this server answers. */
export const providerMethods = {
  handshake: unary("Handshake", handshakeRequest, handshakeResponse),
  attach: unary("Attach", attachment, empty),
  getPluginInfo: unary("GetPluginInfo", empty, pluginInfo),
  getSchema: unary("GetSchema", empty, schemaResponse),
  checkConfig: unary("CheckConfig", checkRequest, checkResponse),
  diffConfig: unary("DiffConfig", diffRequest, diffResponse),
  configure: unary("Configure", configureRequest, configureResponse),
  invoke: unary("Invoke", invokeRequest, invokeResponse),
  check: unary("Check", checkRequest, checkResponse),
  diff: unary("Diff", diffRequest, diffResponse),
  create: unary("Create", createRequest, createResponse),
  read: unary("Read", readRequest, readResponse),
  update: unary("Update", updateRequest, updateResponse),
  delete: unary("Delete", deleteRequest, empty),
  cancel: unary("Cancel", empty, empty),
};

/** The engine's method that prints a line. */
export const logMethod = unary(
  "Log",
  message({ severity: whole(1), message: text(2), urn: text(3), ephemeral: flag(5) }),
  empty,
  "pulumirpc.Engine",
);

/** A method of a gRPC service, in the form that grpc-js takes for a server as well as for a client. */
export interface Method<Request, Response> {
  readonly path: string;
  readonly requestStream: false;
  readonly responseStream: false;
  requestSerialize(value: Partial<Request>): Buffer;
  requestDeserialize(encoded: Buffer): Request;
  responseSerialize(value: Partial<Response>): Buffer;
  responseDeserialize(encoded: Buffer): Response;
}

export type RequestOf<M> = M extends { requestDeserialize(encoded: Buffer): infer Request } ? Request : never;
/** A response; what is left out is absent on the wire. */
export type ResponseOf<M> = M extends { responseDeserialize(encoded: Buffer): infer Response }
  ? Partial<Response>
  : never;

function unary<Request, Response>(
  name: string,
  request: Message<Request>,
  response: Message<Response>,
  service = "pulumirpc.ResourceProvider",
): Method<Request, Response> {
  return {
    path: `/${service}/${name}`,
    requestStream: false,
    responseStream: false,
    requestSerialize: (value) => request.encode(value),
    requestDeserialize: (encoded) => request.decode(encoded),
    responseSerialize: (value) => response.encode(value),
    responseDeserialize: (encoded) => response.decode(encoded),
  };
}
