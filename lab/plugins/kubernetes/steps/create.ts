import { type CreateRequest, type CreateResult, InitializationError, hasUnknown } from "../../rpc";
import {
  ApiError,
  NoSuchKind,
  isAlreadyExists,
  isForbidden,
  isImmutableField,
  isNamespaceMissing,
} from "../api/errors";
import { createObject } from "../apply/create-object";
import { ruleFor } from "../await/rules";
import { NotReady, waitUntilReady } from "../await/wait";
import { timeoutOf } from "../object/annotations";
import { type KubeObject, apiVersionOf, idOf, isCrd, kindOf, withoutValue } from "../object/object";
import { type Checkpoint, toObject, toOutputs } from "../state/checkpoint";
import { redacted } from "../state/secrecy";
import { refusal } from "../refusals";
import { type StepContext, fieldManagerOf, typeOf } from "./context";

/** Creates the object and waits until it is ready; a preview lets the API server compute it without storing it. */
export async function create(request: CreateRequest, context: StepContext): Promise<CreateResult> {
  const { settings, cluster, call } = context;
  const inputs = toObject(request.inputs);
  const { patch: isPatch } = typeOf(request, inputs);
  const asGiven: CreateResult = { id: "", outputs: request.inputs };
  if (request.preview && (await cannotBePreviewed(inputs, isPatch, context))) return asGiven;

  const fieldManager = fieldManagerOf(settings, inputs, "");
  const options = { fieldManager, dryRun: request.preview, signal: call.signal };
  const checkpoint = (live: KubeObject): Checkpoint => ({
    inputs,
    live,
    initialApiVersion: apiVersionOf(inputs),
    fieldManager,
  });
  let created: KubeObject;
  try {
    created = await createObject({ settings, client: cluster.client, inputs, isPatch, options, status: call.status });
  } catch (error) {
    if (request.preview && previewMayFail(error)) return asGiven;
    throw failure(error, request);
  }
  if (request.preview) {
    return { id: "", outputs: toOutputs(checkpoint(withoutValue(created, ["status"])), request.inputs) };
  }
  if (isCrd(inputs)) cluster.client.discovery.forget();
  try {
    const live = await awaitCreation(created, inputs, request.timeoutSeconds, context);
    return { id: idOf(live), outputs: toOutputs(checkpoint(live), request.inputs) };
  } catch (error) {
    const live = error instanceof NotReady ? error.object : created;
    const state = { id: idOf(live), inputs: request.inputs, outputs: toOutputs(checkpoint(live), request.inputs) };
    throw new InitializationError(state, reasons(error, request));
  }
}

async function awaitCreation(
  created: KubeObject,
  inputs: KubeObject,
  timeoutSeconds: number | undefined,
  { cluster, call }: StepContext,
): Promise<KubeObject> {
  const rule = ruleFor(inputs);
  if (rule === undefined) return created;
  const { client, stores } = cluster;
  const timeout = timeoutOf(inputs, timeoutSeconds);
  const { signal, status } = call;
  const live = await waitUntilReady({
    client,
    stores,
    rule,
    object: created,
    before: undefined,
    timeout,
    signal,
    status,
  });
  // The kind can be asked for only now.
  if (isCrd(inputs)) client.discovery.forget();
  return live;
}

/** What the API server cannot compute yet: unknown values, a kind whose CRD is to come, somebody else's object. */
async function cannotBePreviewed(inputs: KubeObject, isPatch: boolean, context: StepContext): Promise<boolean> {
  const { settings, cluster } = context;
  if (hasUnknown(inputs) || isPatch || !settings.serverSideApply) return true;
  return (await cluster.client.discovery.find(apiVersionOf(inputs), kindOf(inputs))) === undefined;
}

/** Refusals of a preview that say nothing about the update: the object's predecessor or its namespace changes first. */
function previewMayFail(error: unknown): boolean {
  const noDryRun = error instanceof ApiError && error.status === 400 && error.message.includes("dry run");
  const predecessor = isAlreadyExists(error) || isImmutableField(error);
  return isForbidden(error) || isNamespaceMissing(error) || predecessor || noDryRun;
}

function failure(error: unknown, { type, name, inputs }: CreateRequest): Error {
  if (error instanceof NoSuchKind) {
    return refusal(
      `${type} "${name}" cannot be created: ${error.message}. Has its CustomResourceDefinition been created?`,
      error,
    );
  }
  const message = error instanceof Error ? error.message : String(error);
  return refusal(`${type} "${name}" was not created: ${redacted(message, inputs)}`, error);
}

function reasons(error: unknown, { inputs }: CreateRequest): readonly string[] {
  const message = error instanceof Error ? error.message : String(error);
  const problems = error instanceof NotReady ? error.problems : [];
  return [message, ...problems].map((reason) => redacted(reason, inputs));
}
