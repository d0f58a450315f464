import { at, numberAt, stringAt } from "../object/object";
import { condition, isOwnedBy, podProblems } from "./pod-problems";
import { type ReadinessRule, ready, waiting } from "./verdict";

/** A Job is ready when it is complete, and fails at once when its controller gave it up. */
export const job: ReadinessRule = {
  related: [{ apiVersion: "v1", kind: "Pod" }],
  judge(object, related) {
    const pods = related("Pod").filter((pod) => isOwnedBy(pod, object));
    const failed = condition(object, "Failed");
    if (failed?.["status"] === "True") {
      const reason = `[${stringAt(failed, "reason")}] ${stringAt(failed, "message")}`;
      return { state: "failed", problems: [reason, ...podProblems(pods)] };
    }
    if (condition(object, "Complete")?.["status"] === "True") return ready;
    if (at(object, "status", "startTime") === undefined) return waiting("waiting for the Job to start");
    const count = (name: string): number => numberAt(object, "status", name) ?? 0;
    const counts = `${count("active")} active, ${count("succeeded")} succeeded, ${count("failed")} failed`;
    return waiting(`waiting for the Job to complete (${counts})`, [
      `the Job is not complete (${counts})`,
      ...podProblems(pods),
    ]);
  },
};
