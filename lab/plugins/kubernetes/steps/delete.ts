import { type DeleteRequest, InitializationError } from "../../rpc";
import { refOf } from "../api/client";
import { NoSuchKind, isNotFound } from "../api/errors";
import { relinquish } from "../apply/relinquish";
import { waitUntilGone } from "../await/deletion";
import { NotReady } from "../await/wait";
import { annotations, propagationOf, timeoutOf } from "../object/annotations";
import { type KubeObject, idOf, isAnnotatedTrue, isCrd, kindOf, parseId, stringAt } from "../object/object";
import { fromOutputs, toOutputs } from "../state/checkpoint";
import { type StepContext, fieldManagerOf, typeOf } from "./context";

/** Deletes the object and waits until it is gone. A Patch gives its fields up instead. */
export async function remove(request: DeleteRequest, context: StepContext): Promise<void> {
  const { settings, cluster, call } = context;
  const { client } = cluster;
  const old = fromOutputs(request.oldOutputs);
  const ref = { ...refOf(old.live), name: parseId(request.id).name };
  try {
    if (typeOf(request, old.inputs).patch && settings.serverSideApply) {
      return await relinquish(client, old.live, fieldManagerOf(settings, old.inputs, old.fieldManager), call.signal);
    }
    const answer = await client.delete(ref, propagationOf(old.inputs), call.signal);
    if (isCrd(old.live)) client.discovery.forget();
    if (skipsWait(old.inputs)) return;
    const object = kindOf(answer) === "Status" ? await client.get(ref, call.signal) : answer;
    // A new object under the old name is none of this resource's business.
    const uid = stringAt(old.live, "metadata", "uid");
    if (kindOf(answer) === "Status" && uid !== "" && stringAt(object, "metadata", "uid") !== uid) return;
    const timeout = timeoutOf(old.inputs, request.timeoutSeconds);
    await waitUntilGone({ client, ref, object, timeout, signal: call.signal, status: call.status });
  } catch (error) {
    // Who is gone, or whose kind is gone, is deleted.
    if (isNotFound(error) || error instanceof NoSuchKind) return;
    if (!(error instanceof NotReady)) throw error;
    for (const problem of error.problems) call.log("warning", problem);
    const outputs = toOutputs({ ...old, live: error.object }, request.oldOutputs);
    const state = { id: idOf(error.object), inputs: request.oldInputs, outputs };
    throw new InitializationError(state, [error.message, ...error.problems]);
  }
}

/** Only the kinds whose deletion takes long may be left to themselves. */
function skipsWait(inputs: KubeObject): boolean {
  const kinds = ["Namespace", "Pod", "ReplicationController", "DaemonSet", "Deployment", "StatefulSet", "Job"];
  return isAnnotatedTrue(inputs, annotations.skipAwait) && kinds.includes(kindOf(inputs));
}
