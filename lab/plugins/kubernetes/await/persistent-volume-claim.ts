import { nameOf, stringAt } from "../object/object";
import { type ReadinessRule, ready, waiting } from "./verdict";

/** A claim is ready when it is bound, or pending for its first consumer where its storage class says to wait for one. */
export const persistentVolumeClaim: ReadinessRule = {
  related: [{ apiVersion: "storage.k8s.io/v1", kind: "StorageClass" }],
  judge(object, related) {
    const phase = stringAt(object, "status", "phase");
    if (phase === "Bound") return ready;
    const name = stringAt(object, "spec", "storageClassName");
    const storageClass = related("StorageClass").find((candidate) => nameOf(candidate) === name);
    const waitsForConsumer = stringAt(storageClass, "volumeBindingMode") === "WaitForFirstConsumer";
    if (waitsForConsumer && phase === "Pending") return ready;
    return waiting(`waiting for the claim to be bound (${phase})`, [
      storageClass === undefined ? `no volume for the claim, and no storage class "${name}"` : `the claim is ${phase}`,
    ]);
  },
};
