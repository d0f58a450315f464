import { numberAt } from "../object/object";
import { isOwnedBy, podProblems } from "./pod-problems";
import { type ReadinessRule, ready, waiting } from "./verdict";

/** A DaemonSet is ready when each node that wants one has an up-to-date, available Pod. Source: kstatus of cli-utils. */
export const daemonSet: ReadinessRule = {
  related: [{ apiVersion: "v1", kind: "Pod" }],
  judge(object, related) {
    const observed = numberAt(object, "status", "observedGeneration") ?? 0;
    const wanted = numberAt(object, "status", "desiredNumberScheduled");
    if (observed < (numberAt(object, "metadata", "generation") ?? 0) || wanted === undefined) {
      return waiting("waiting for the DaemonSet controller to take up the change");
    }
    const count = (name: string): number => numberAt(object, "status", name) ?? 0;
    const counts = ["currentNumberScheduled", "updatedNumberScheduled", "numberAvailable", "numberReady"].map(count);
    if (counts.every((number) => number >= wanted)) return ready;
    const live = Math.min(...counts);
    return waiting(`waiting for the Pods of the DaemonSet (${live} of ${wanted} ready)`, [
      `${live} of ${wanted} Pods are up to date and ready`,
      ...podProblems(related("Pod").filter((pod) => isOwnedBy(pod, object))),
    ]);
  },
};
