import { InitializationError, type PropertyMap, type ReadRequest, type ReadResult } from "../../rpc";
import { NoSuchKind, isNotFound } from "../api/errors";
import { ruleForRefresh } from "../await/rules";
import { NotReady, requireReady } from "../await/wait";
import { annotations } from "../object/annotations";
import { groupVersion, isBuiltIn } from "../object/gvk";
import { normalized } from "../object/normalize";
import { type KubeObject, apiVersionOf, idOf, kindOf, parseId, stringAt, withoutValue } from "../object/object";
import { pruned } from "../object/prune";
import { withZeroValues } from "../object/zero-values";
import { fromOutputs, toObject, toOutputs } from "../state/checkpoint";
import { markSecrets } from "../state/secrecy";
import { refusal } from "../refusals";
import { type StepContext, fieldManagerOf, typeOf } from "./context";

const gone: ReadResult = { id: "", inputs: {}, outputs: {} };

/** Reads the live object: for a refresh, an import, or a `get` with nothing but an id. */
export async function read(request: ReadRequest, context: StepContext): Promise<ReadResult> {
  const { settings, cluster, call } = context;
  const { namespace, name } = parseId(request.id);
  if (name === "") throw refusal(`"${request.id}" is not the id of an object: write "namespace/name" or "name"`);
  const old = fromOutputs(request.oldOutputs);
  const known = normalized(toObject(request.oldInputs));
  const isNew = kindOf(known) === "" && kindOf(old.live) === "";
  const shape = kindOf(known) === "" ? bareObject(request, old.live, namespace, name) : known;
  const ref = {
    apiVersion: apiVersionOf(shape),
    kind: kindOf(shape),
    namespace: stringAt(shape, "metadata", "namespace"),
    name,
  };
  let live: KubeObject;
  try {
    live = await cluster.client.get(ref, call.signal);
  } catch (error) {
    if (isNotFound(error) || error instanceof NoSuchKind) return gone;
    throw error;
  }
  const inputs = isNew ? importedInputs(live, shape) : refreshedInputs(live, shape);
  const fieldManager = fieldManagerOf(settings, shape, old.fieldManager);
  const initialApiVersion = old.initialApiVersion === "" ? apiVersionOf(shape) : old.initialApiVersion;
  const result: ReadResult = {
    id: request.id === "" ? idOf(live) : request.id,
    inputs: markSecrets(inputs, request.oldInputs),
    outputs: toOutputs({ inputs, live, initialApiVersion, fieldManager }, request.oldInputs),
  };
  if (!isNew) await requireReadiness(live, known, result, context);
  return result;
}

async function requireReadiness(
  live: KubeObject,
  inputs: KubeObject,
  result: ReadResult,
  { cluster, call }: StepContext,
): Promise<void> {
  const rule = ruleForRefresh(inputs);
  if (rule === undefined) return;
  const { client, stores } = cluster;
  try {
    await requireReady({ client, stores, rule, object: live, signal: call.signal });
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    throw new InitializationError(result, [error.message, ...error.problems]);
  }
}

/** The inputs as the live object has them now. */
function refreshedInputs(live: KubeObject, known: KubeObject): PropertyMap {
  const found = pruned(live, known);
  return isBuiltIn(apiVersionOf(live)) ? withZeroValues(found, known) : found;
}

/** What is known of an object that has no inputs yet. */
function bareObject(request: ReadRequest, live: KubeObject, namespace: string, name: string): KubeObject {
  const type = typeOf(request, live);
  const [apiVersion, kind] = kindOf(live) === "" ? [groupVersion(type), type.kind] : [apiVersionOf(live), kindOf(live)];
  return { apiVersion, kind, metadata: { name, ...(namespace === "" ? {} : { namespace }) } };
}

/** What only controllers write, and no program would. */
const unlikelyInputs = [
  ...["creationTimestamp", "generation", "managedFields", "resourceVersion", "uid"].map((key) => ["metadata", key]),
  ...["deployment.kubernetes.io/revision", annotations.lastApplied].map((key) => ["metadata", "annotations", key]),
];

/**
 * The inputs that an existing object might have been made from: of built-in kinds all but the status. Of the objects
 * of CRDs no more than the identity is taken, since their fields are not known to the provider.
 */
function importedInputs(live: KubeObject, shape: KubeObject): PropertyMap {
  if (!isBuiltIn(apiVersionOf(live))) return pruned(live, shape);
  return unlikelyInputs.reduce((inputs, path) => withoutValue(inputs, path), withoutValue(live, ["status"]));
}
