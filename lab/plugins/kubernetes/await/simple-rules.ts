import { isPropertyMap, sameValue } from "../../rpc";
import { at, numberAt, stringAt } from "../object/object";
import { condition, isPodReady, podProblems } from "./pod-problems";
import { type ReadinessRule, ready, waiting } from "./verdict";

/** A Pod: scheduled, initialised and ready, or done. */
export const pod: ReadinessRule = {
  related: [],
  judge(object) {
    if (isPodReady(object)) return ready;
    const problems = podProblems([object]);
    const phase = stringAt(object, "status", "phase");
    return waiting(`waiting for the Pod (${phase === "" ? "not scheduled" : phase})`, [
      ...(problems.length > 0 ? problems : [`the Pod is in phase ${phase}`]),
    ]);
  },
};

/** A CustomResourceDefinition: its names are accepted and the API server serves its objects. */
export const customResourceDefinition: ReadinessRule = {
  related: [],
  judge(object) {
    const names = condition(object, "NamesAccepted");
    if (names?.["status"] === "False") {
      return waiting("waiting for the names to be accepted", [`the names are taken: ${stringAt(names, "message")}`]);
    }
    if (condition(object, "Established")?.["status"] === "True") return ready;
    return waiting("waiting for the API server to serve the new kind", ["the new kind is not established"]);
  },
};

export const namespace: ReadinessRule = {
  related: [],
  judge(object) {
    const phase = stringAt(object, "status", "phase");
    return phase === "" || phase === "Active" ? ready : waiting(`waiting for the namespace (${phase})`);
  },
};

export const persistentVolume: ReadinessRule = {
  related: [],
  judge(object) {
    const phase = stringAt(object, "status", "phase");
    return ["Available", "Bound"].includes(phase) ? ready : waiting(`waiting for the volume (${phase})`);
  },
};

export const replicationController: ReadinessRule = {
  related: [],
  judge(object) {
    const [wanted, live] = [numberAt(object, "spec", "replicas") ?? 1, numberAt(object, "status", "availableReplicas")];
    return live === wanted || (wanted === 0 && live === undefined)
      ? ready
      : waiting(`waiting for the Pods of the ReplicationController (${live ?? 0} of ${wanted} ready)`);
  },
};

/** A ResourceQuota: the quota controller has taken up its limits. */
export const resourceQuota: ReadinessRule = {
  related: [],
  judge(object) {
    const [wanted, live] = [at(object, "spec", "hard"), at(object, "status", "hard")];
    return sameValue(wanted ?? {}, live ?? {}) ? ready : waiting("waiting for the quota to come into force");
  },
};

/** A Secret that a controller fills: the token of a service account. */
export const secret: ReadinessRule = {
  related: [],
  judge(object) {
    if (stringAt(object, "type") !== "kubernetes.io/service-account-token") return ready;
    const data = at(object, "data");
    return isPropertyMap(data) && Object.keys(data).length > 0
      ? ready
      : waiting("waiting for the token of the service account");
  },
};
