import type { ReadinessRule, Verdict } from "../../../../../lab/plugins/kubernetes/await/verdict";
import type { PropertyMap } from "../../../../../lab/plugins/rpc";

/** What a rule says of an object; `related` are the objects that it may ask for, by kind. */
export function judge(
  rule: ReadinessRule,
  object: PropertyMap,
  related: Record<string, readonly PropertyMap[]> = {},
): Verdict {
  return rule.judge(object, (kind) => related[kind] ?? [], undefined);
}

/** The problems that a verdict names, one a line; its state where it names none. */
export function problemsOf(verdict: Verdict): string {
  return "problems" in verdict ? verdict.problems.join("\n") : verdict.state;
}

/** A Pod whose image cannot be had, of the owner `u` and its ReplicaSet `rs`. */
export const brokenPod = {
  metadata: { name: "web-1", namespace: "shop", ownerReferences: [{ uid: "rs" }, { uid: "u" }] },
  status: {
    phase: "Pending",
    conditions: [{ type: "Ready", status: "False", message: "containers with unready status: [c]" }],
    containerStatuses: [
      { name: "c", ready: false, state: { waiting: { reason: "ImagePullBackOff", message: "no such image" } } },
    ],
  },
};
