import { type KubeObject, listAt, nameOf, stringAt } from "../object/object";
import { type ReadinessRule, ready, waiting } from "./verdict";

/** An Ingress is ready when the Services it routes to are there and a controller gave it an address. */
export const ingress: ReadinessRule = {
  related: [{ apiVersion: "v1", kind: "Service" }],
  judge(object, related) {
    const present = new Set(related("Service").map(nameOf));
    const missing = [...new Set(backends(object))].filter((name) => !present.has(name));
    const addressed = listAt(object, "status", "loadBalancer", "ingress").length > 0;
    if (missing.length === 0 && addressed) return ready;
    const problems = missing.map((name) => `no Service "${name}" for a path of the Ingress`);
    if (missing.length > 0) return waiting(`waiting for Services: ${missing.join(", ")}`, problems);
    return waiting("waiting for an address of the Ingress", [
      "the Ingress was given no address: the cluster may have no ingress controller for its class",
    ]);
  },
};

function backends(object: KubeObject): readonly string[] {
  return listAt(object, "spec", "rules")
    .flatMap((rule) => listAt(rule, "http", "paths"))
    .map((path) => stringAt(path, "backend", "service", "name"))
    .filter((name) => name !== "");
}
