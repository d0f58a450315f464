import type { PropertyMap } from "../../rpc";
import { type KubeObject, listAt, nameOf, namespaceOf, numberAt, stringAt } from "../object/object";

/** Why Pods are not ready, one line each, with the Pod's name. */
export function podProblems(pods: readonly KubeObject[]): readonly string[] {
  return pods.flatMap((pod) => {
    if (isPodReady(pod)) return [];
    const conditions = ["PodScheduled", "Initialized", "Ready"].flatMap((type) => conditionMessages(pod, type));
    const containers = ["initContainerStatuses", "containerStatuses"].flatMap((list) =>
      listAt(pod, "status", list).flatMap(containerProblems),
    );
    const reasons = [...new Set([...conditions, ...containers])];
    return reasons.length === 0 ? [] : [`Pod ${podName(pod)}: ${reasons.join("; ")}`];
  });
}

/** Ready to serve, or done with its work. */
export function isPodReady(pod: KubeObject): boolean {
  return condition(pod, "Ready")?.["status"] === "True" || stringAt(pod, "status", "phase") === "Succeeded";
}

/** A condition of an object's status, by its type. */
export function condition(object: KubeObject, type: string): PropertyMap | undefined {
  return listAt(object, "status", "conditions").find((candidate) => candidate["type"] === type);
}

/** Whether one of the object's owner references names the owner. */
export function isOwnedBy(object: KubeObject, owner: KubeObject): boolean {
  const uid = stringAt(owner, "metadata", "uid");
  return listAt(object, "metadata", "ownerReferences").some((reference) => reference["uid"] === uid);
}

function conditionMessages(pod: KubeObject, type: string): readonly string[] {
  const found = condition(pod, type);
  const message = stringAt(found, "message");
  return found?.["status"] === "True" || message === "" ? [] : [message];
}

function containerProblems(status: PropertyMap): readonly string[] {
  if (status["ready"] === true) return [];
  const name = stringAt(status, "name");
  const waiting = stringAt(status, "state", "waiting", "reason");
  const problems: string[] = [];
  if (waiting !== "" && waiting !== "ContainerCreating" && waiting !== "PodInitializing") {
    problems.push(
      `container "${name}" waits: ${withMessage(waiting, stringAt(status, "state", "waiting", "message"))}`,
    );
  }
  for (const state of ["state", "lastState"]) {
    const reason = stringAt(status, state, "terminated", "reason");
    const code = numberAt(status, state, "terminated", "exitCode") ?? 0;
    if (reason === "" || code === 0) continue;
    const message = stringAt(status, state, "terminated", "message");
    problems.push(`container "${name}" ended with exit code ${code}: ${withMessage(reason, message)}`);
  }
  return problems;
}

function withMessage(reason: string, message: string): string {
  return message === "" ? reason : `${reason} (${message})`;
}

function podName(pod: KubeObject): string {
  const namespace = namespaceOf(pod);
  return namespace === "" ? nameOf(pod) : `${namespace}/${nameOf(pod)}`;
}
