import { InitializationError, type PropertyMap, type UpdateRequest, hasUnknown } from "../../rpc";
import { type KubeClient, refOf } from "../api/client";
import { NoSuchKind, isForbidden, isNotFound } from "../api/errors";
import { relinquish } from "../apply/relinquish";
import { updateObject } from "../apply/update-object";
import { ruleFor } from "../await/rules";
import { NotReady, waitUntilReady } from "../await/wait";
import { timeoutOf } from "../object/annotations";
import { normalized } from "../object/normalize";
import { type KubeObject, apiVersionOf, idOf, isCrd, kindOf, withoutValue } from "../object/object";
import { pruned } from "../object/prune";
import { fromOutputs, toObject, toOutputs } from "../state/checkpoint";
import { redacted } from "../state/secrecy";
import { refusal } from "../refusals";
import { type StepContext, fieldManagerOf, typeOf } from "./context";

/** Changes the object in place and waits until it is ready again; a preview lets the API server compute it. */
export async function update(request: UpdateRequest, context: StepContext): Promise<{ outputs: PropertyMap }> {
  const { settings, cluster, call } = context;
  const { client } = cluster;
  const inputs = normalized(toObject(request.newInputs));
  if (request.preview && (hasUnknown(inputs) || (await isUnknownKind(inputs, client)))) {
    return { outputs: request.newInputs };
  }
  const old = fromOutputs(request.oldOutputs);
  const oldManager = fieldManagerOf(settings, old.inputs, old.fieldManager);
  const fieldManager = fieldManagerOf(settings, inputs, old.fieldManager);
  const outputs = (live: KubeObject): PropertyMap =>
    toOutputs({ inputs, live, initialApiVersion: old.initialApiVersion, fieldManager }, request.newInputs);
  // The state's live object names the one that exists; the inputs may leave the namespace to the provider.
  const ref = { ...refOf(old.live), apiVersion: apiVersionOf(inputs) };
  let live = old.live;
  try {
    const before = await client.get(ref, call.signal);
    live = await updateObject({
      settings,
      client,
      inputs,
      lastInputs: pruned(old.live, normalized(old.inputs)),
      live: before,
      ignoreChanges: request.ignoreChanges,
      isPatch: typeOf(request, inputs).patch,
      options: { fieldManager, dryRun: request.preview, signal: call.signal },
    });
    if (request.preview) return { outputs: outputs(withoutValue(live, ["status"])) };
    if (isCrd(inputs)) client.discovery.forget();
    live = await awaitUpdate(live, before, inputs, request, context);
  } catch (error) {
    if (request.preview && isForbidden(error)) return { outputs: request.newInputs };
    throw await failure(error, request, live, client, outputs);
  }
  if (settings.serverSideApply && oldManager !== fieldManager) await relinquish(client, live, oldManager, call.signal);
  return { outputs: outputs(live) };
}

async function awaitUpdate(
  updated: KubeObject,
  before: KubeObject,
  inputs: KubeObject,
  request: UpdateRequest,
  { cluster, call }: StepContext,
): Promise<KubeObject> {
  const rule = ruleFor(inputs);
  if (rule === undefined) return updated;
  const { client, stores } = cluster;
  const timeout = timeoutOf(inputs, request.timeoutSeconds);
  const { signal, status } = call;
  return waitUntilReady({ client, stores, rule, object: updated, before, timeout, signal, status });
}

async function isUnknownKind(inputs: KubeObject, client: KubeClient): Promise<boolean> {
  return (await client.discovery.find(apiVersionOf(inputs), kindOf(inputs))) === undefined;
}

/**
 * An update that failed leaves the object in some state, which the engine shall keep together with what was wanted, so
 * that the next update tries again.
 */
async function failure(
  error: unknown,
  request: UpdateRequest,
  last: KubeObject,
  client: KubeClient,
  outputs: (live: KubeObject) => PropertyMap,
): Promise<Error> {
  const { type, name, newInputs } = request;
  const text = (reason: unknown): string =>
    redacted(reason instanceof Error ? reason.message : String(reason), newInputs);
  if (error instanceof NoSuchKind) {
    return refusal(`${type} "${name}" cannot be updated: ${error.message}. Is its CustomResourceDefinition gone?`);
  }
  if (isNotFound(error)) return refusal(`${type} "${name}" cannot be updated: ${text(error)}. Try "pulumi refresh".`);
  let live = error instanceof NotReady ? error.object : last;
  if (!(error instanceof NotReady)) {
    try {
      live = await client.get(refOf(last));
    } catch (readError) {
      return refusal(`${type} "${name}" was not updated: ${text(error)}; nor can it be read: ${text(readError)}`);
    }
  }
  const problems = error instanceof NotReady ? error.problems.map(text) : [];
  const state = { id: idOf(live), inputs: newInputs, outputs: outputs(live) };
  return new InitializationError(state, [`${type} "${name}" was not updated as asked: ${text(error)}`, ...problems]);
}
