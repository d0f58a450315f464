import { CONFIG_MAP, NAMESPACE } from "../../../../policies/kinds";
import { namespacePodSecurity } from "../../../../policies/rules/namespace-pod-security";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

const LABEL = "pod-security.kubernetes.io/enforce";

function namespace(labels: Readonly<Record<string, string>>) {
  return subject(NAMESPACE, { metadata: { name: "shop", labels } });
}

describeRule(namespacePodSecurity, {
  passing: {
    restricted: namespace({ [LABEL]: "restricted" }),
    baseline: namespace({ [LABEL]: "baseline" }),
    "what the stack accepts": { given: namespace({ [LABEL]: "privileged" }), settings: { standards: ["privileged"] } },
  },
  failing: {
    "no label": { given: namespace({}), finds: { path: `metadata.labels["${LABEL}"]`, value: "no such label" } },
    privileged: {
      given: namespace({ [LABEL]: "privileged" }),
      finds: { path: `metadata.labels["${LABEL}"]`, value: "privileged" },
    },
  },
  notApplicable: { "a ConfigMap": subject(CONFIG_MAP, { metadata: { name: "shop" } }) },
  mutation: {
    resource: "acme-shop-dev-6293-namespace",
    change: [`metadata.labels["${LABEL}"]`, undefined],
    finds: `metadata.labels["${LABEL}"]`,
  },
});
