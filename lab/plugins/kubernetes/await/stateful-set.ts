import { numberAt, stringAt } from "../object/object";
import { isOwnedBy, podProblems } from "./pod-problems";
import { type ReadinessRule, ready, waiting } from "./verdict";

/**
 * A StatefulSet is ready when all replicas are, at the new revision. With the strategy OnDelete the revision is the
 * user's business from the second version on. Source: pulumi-kubernetes `pkg/await/statefulset.go`.
 */
export const statefulSet: ReadinessRule = {
  related: [{ apiVersion: "v1", kind: "Pod" }],
  judge(object, related) {
    const generation = numberAt(object, "metadata", "generation") ?? 0;
    if ((numberAt(object, "status", "observedGeneration") ?? 0) < generation) {
      return waiting("waiting for the StatefulSet controller to take up the change");
    }
    const count = (name: string): number => numberAt(object, "status", name) ?? 0;
    const wanted = numberAt(object, "spec", "replicas") ?? 1;
    const onDelete = generation > 1 && stringAt(object, "spec", "updateStrategy", "type") === "OnDelete";
    const [current, target] = ["currentRevision", "updateRevision"].map((name) => stringAt(object, "status", name));
    const atRevision = onDelete || (current !== "" && current === target);
    const counted = onDelete ? ["replicas", "readyReplicas"] : ["replicas", "readyReplicas", "currentReplicas"];
    if (atRevision && counted.every((name) => count(name) === wanted)) return ready;
    const live = atRevision ? count("readyReplicas") : Math.min(count("readyReplicas"), count("updatedReplicas"));
    const pods = related("Pod").filter((pod) => isOwnedBy(pod, object));
    return waiting(`waiting for the Pods of the StatefulSet (${live} of ${wanted} ready)`, [
      `${live} of ${wanted} Pods are ready`,
      ...(atRevision ? [] : [`the rollout from revision "${current}" to revision "${target}" is not complete`]),
      ...podProblems(pods),
    ]);
  },
};
