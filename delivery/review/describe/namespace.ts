import { listAt, textAt } from "../../../policies/read";
import type { Inputs } from "../../preview/preview";
import { detail, fact, type Fact } from "../facts";
import { say } from "../phrase";
import { recordAt, scalarAt } from "./values";

export const ENFORCED = "pod-security.kubernetes.io/enforce";

export function namespaceFacts(inputs: Inputs): Fact[] {
  const { metadata } = inputs;
  return [
    ...fact(say`namespace`, textAt(metadata, "name")),
    ...detail(say`Pod Security`, textAt(metadata, "labels", ENFORCED)),
    ...detail(say`owners`, textAt(metadata, "annotations", "gitops-factory/owners")),
    ...detail(say`description`, textAt(metadata, "annotations", "kubernetes.io/description")),
  ];
}

/** The hard limits; a request and a limit that are one number in the catalogue are one fact. */
export function quotaFacts(inputs: Inputs): Fact[] {
  const hard = recordAt(inputs, "spec", "hard");
  return Object.keys(hard).flatMap((key) => {
    const value = scalarAt(hard, key);
    const [side, resource] = key.split(".", 2);
    if (resource === undefined || (side !== "requests" && side !== "limits")) return fact(say`quota ${key}`, value);
    if (scalarAt(hard, `requests.${resource}`) !== scalarAt(hard, `limits.${resource}`)) {
      return fact(say`quota ${key}`, value);
    }
    return side === "limits" ? fact(say`quota ${resource}`, value) : [];
  });
}

export function limitFacts(inputs: Inputs): Fact[] {
  return listAt(inputs, "spec", "limits").flatMap((limit) =>
    Object.entries({ defaultRequest: "request", default: "limit", max: "largest", min: "smallest" }).flatMap(
      ([key, word]) =>
        Object.keys(recordAt(limit, key)).flatMap((resource) =>
          detail(say`${resource} ${word} of a container`, scalarAt(limit, key, resource)),
        ),
    ),
  );
}
