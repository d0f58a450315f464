import { z } from "zod";
import { NAMESPACE } from "../kinds";
import { nameOf, textAt } from "../read";
import { resourceRule } from "../rule";

const LABEL = "pod-security.kubernetes.io/enforce";

export const namespacePodSecurity = resourceRule({
  name: "namespace-pod-security",
  level: "mandatory",
  description: "Each namespace says which Pod Security Standard its pods are held to.",
  reason: "Without the label everything is allowed: a pod with the node's file system is the node.",
  source: "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
  settings: z.strictObject({
    standards: z
      .array(z.enum(["privileged", "baseline", "restricted"]))
      .default(["baseline", "restricted"])
      .describe("The standards that are strict enough."),
  }),
  types: [NAMESPACE],
  check: ({ inputs }, { settings: { standards } }) => {
    const standard = textAt(inputs, "metadata", "labels", LABEL);
    if (standards.some((one) => one === standard)) return [];
    return [
      {
        path: `metadata.labels["${LABEL}"]`,
        fact: `the pods of the namespace ${nameOf(inputs) ?? ""} are held to too little`,
        value: standard ?? "no such label",
        fix: `label it ${standards.join(" or ")}: podSecurity in the catalogue or in projects of the stack's config`,
      },
    ];
  },
});
