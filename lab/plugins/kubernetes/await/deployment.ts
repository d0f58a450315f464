import { type KubeObject, annotationOf, listAt, nameOf, numberAt, stringAt } from "../object/object";
import { condition, isOwnedBy, podProblems } from "./pod-problems";
import { type ReadinessRule, ready, waiting } from "./verdict";

const revision = "deployment.kubernetes.io/revision";

/**
 * A Deployment is ready when its controller has seen this very version of it, the ReplicaSet of its revision has all
 * its Pods ready, and it is available. Source: pulumi-kubernetes `pkg/await/deployment.go`.
 */
export const deployment: ReadinessRule = {
  related: [
    { apiVersion: "apps/v1", kind: "ReplicaSet" },
    { apiVersion: "v1", kind: "Pod" },
    { apiVersion: "v1", kind: "PersistentVolumeClaim" },
  ],
  judge(object, related) {
    const observed = numberAt(object, "status", "observedGeneration") ?? 0;
    if (observed < (numberAt(object, "metadata", "generation") ?? 0)) {
      return waiting("waiting for the Deployment controller to take up the change");
    }
    const replicaSet = related("ReplicaSet").find(
      (candidate) =>
        isOwnedBy(candidate, object) && annotationOf(candidate, revision) === annotationOf(object, revision),
    );
    if (replicaSet === undefined)
      return waiting("waiting for the ReplicaSet of the new revision", problems(object, []));
    const wanted = numberAt(replicaSet, "spec", "replicas") ?? 1;
    const live = numberAt(replicaSet, "status", "readyReplicas") ?? 0;
    const unbound = unboundClaims(object, related("PersistentVolumeClaim"));
    const rolledOut = annotationOf(object, revision) === "1" || isProgressed(object);
    const available = condition(object, "Available")?.["status"] === "True";
    if (live >= wanted && available && rolledOut && unbound.length === 0) return ready;
    const pods = related("Pod").filter((pod) => isOwnedBy(pod, replicaSet));
    const progress = `waiting for the Pods of ReplicaSet ${nameOf(replicaSet)} (${live} of ${wanted} ready)`;
    return waiting(progress, [
      `ReplicaSet ${nameOf(replicaSet)}: ${live} of ${wanted} Pods are ready`,
      ...problems(object, unbound),
      ...podProblems(pods),
    ]);
  },
};

/** The rollout of a later revision is over. */
function isProgressed(object: KubeObject): boolean {
  const progressing = condition(object, "Progressing");
  return progressing?.["status"] === "True" && progressing["reason"] === "NewReplicaSetAvailable";
}

function problems(object: KubeObject, unboundNames: readonly string[]): readonly string[] {
  const failing = ["Progressing", "Available", "ReplicaFailure"].flatMap((type) => {
    const found = condition(object, type);
    const isFine = found?.["status"] === (type === "ReplicaFailure" ? "False" : "True");
    return found === undefined || isFine ? [] : [`[${stringAt(found, "reason")}] ${stringAt(found, "message")}`];
  });
  return [...failing, ...unboundNames.map((name) => `PersistentVolumeClaim ${name} is not bound`)];
}

function unboundClaims(object: KubeObject, claims: readonly KubeObject[]): readonly string[] {
  const names = listAt(object, "spec", "template", "spec", "volumes").map((volume) =>
    stringAt(volume, "persistentVolumeClaim", "claimName"),
  );
  return claims
    .filter((claim) => names.includes(nameOf(claim)) && stringAt(claim, "status", "phase") !== "Bound")
    .map(nameOf);
}
