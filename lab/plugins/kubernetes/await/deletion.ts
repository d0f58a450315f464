import type { KubeClient, ObjectRef } from "../api/client";
import { isNotFound } from "../api/errors";
import { type KubeObject, at, nameOf, stringAt } from "../object/object";
import { NotReady } from "./wait";
import { titleOf } from "./verdict";

export interface DeletionWait {
  readonly client: KubeClient;
  readonly ref: ObjectRef;
  /** The object as the deletion request returned it. */
  readonly object: KubeObject;
  /** In milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly status: (progress: string) => void;
}

/** Waits until the object is really gone. Throws NotReady, which names the finalizers that hold it. */
export async function waitUntilGone(wait: DeletionWait): Promise<void> {
  const deadline = AbortSignal.timeout(wait.timeout);
  const stop = AbortSignal.any([wait.signal, deadline]);
  let last = wait.object;
  const look = (object: KubeObject): void => {
    last = object;
    const held = finalizersOf(object);
    wait.status(held.length === 0 ? "waiting for the deletion" : `waiting for finalizers: ${held.join(", ")}`);
  };
  look(last);
  try {
    while (!stop.aborted) {
      if (await isDeletedInWatch(wait, last, look, stop)) return;
      last = await wait.client.get(wait.ref, stop);
      if (stringAt(last, "metadata", "uid") !== stringAt(wait.object, "metadata", "uid")) return;
    }
  } catch (error) {
    if (isNotFound(error)) return;
    if (!stop.aborted) throw error;
  }
  const held = finalizersOf(last);
  const blame = held.length === 0 ? [] : [`its finalizers are not done: ${held.join(", ")}`];
  const reason = wait.signal.aborted
    ? "waiting for its deletion was cancelled"
    : `it still exists after ${wait.timeout / 1000} s`;
  throw new NotReady(last, `${titleOf(last)} was asked to go, but ${reason}`, [...blame, ...conditionsOf(last)]);
}

async function isDeletedInWatch(
  { client, ref }: DeletionWait,
  last: KubeObject,
  look: (object: KubeObject) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const resourceVersion = stringAt(last, "metadata", "resourceVersion");
  const fieldSelector = `metadata.name=${nameOf(last)}`;
  for await (const { type, object } of client.watch(ref, { resourceVersion, fieldSelector, signal })) {
    if (type === "DELETED") return true;
    if (type === "ERROR") return false;
    if (type !== "BOOKMARK") look(object);
  }
  return false;
}

/** What holds the object; a namespace has finalizers of its own besides. */
function finalizersOf(object: KubeObject): readonly string[] {
  return [at(object, "metadata", "finalizers"), at(object, "spec", "finalizers")].flatMap((list) =>
    Array.isArray(list) ? list.map(String) : [],
  );
}

/** A namespace that cannot go says in its conditions what is left in it. */
function conditionsOf(object: KubeObject): readonly string[] {
  const conditions = at(object, "status", "conditions");
  if (object["kind"] !== "Namespace" || !Array.isArray(conditions)) return [];
  return conditions.flatMap((condition) =>
    stringAt(condition, "status") === "True" ? [stringAt(condition, "message")] : [],
  );
}
