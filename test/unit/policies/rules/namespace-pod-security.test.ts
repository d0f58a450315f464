import { CONFIG_MAP, NAMESPACE, NAMESPACE_PATCH } from "../../../../policies/kinds";
import { namespacePodSecurity } from "../../../../policies/rules/namespace-pod-security";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet, subject } from "../support/subjects";

const LABEL = "pod-security.kubernetes.io/enforce";

function namespace(labels: Readonly<Record<string, string>>) {
  return subject(NAMESPACE, { metadata: { name: "shop", labels } });
}

function labelling(standard: string) {
  return application({
    destination: { namespace: "shop" },
    syncPolicy: { managedNamespaceMetadata: { labels: { [LABEL]: standard } } },
  });
}

describeRule(namespacePodSecurity, {
  passing: {
    "a patch of other labels": { ...namespace({ team: "shop" }), type: NAMESPACE_PATCH },
    "an Application that labels its namespace well, and one that does not": [labelling("restricted"), application({})],
    "a namespace that the stack names": { given: namespace({}), settings: { except: ["shop"] } },
    restricted: namespace({ [LABEL]: "restricted" }),
    baseline: namespace({ [LABEL]: "baseline" }),
    "what the stack accepts": { given: namespace({ [LABEL]: "privileged" }), settings: { standards: ["privileged"] } },
  },
  failing: {
    "one that only warns": {
      given: namespace({ "pod-security.kubernetes.io/warn": "restricted" }),
      finds: { path: `metadata.labels["${LABEL}"]`, value: "no such label" },
    },
    "a standard that there is not": { given: namespace({ [LABEL]: "strict" }), finds: `metadata.labels["${LABEL}"]` },
    "a patch that loosens it": {
      given: { ...namespace({ [LABEL]: "privileged" }), type: NAMESPACE_PATCH },
      finds: `metadata.labels["${LABEL}"]`,
    },
    "an Application that loosens it, and what an ApplicationSet's patch makes": {
      given: [
        labelling("privileged"),
        applicationSet({
          templatePatch: `spec: { syncPolicy: { managedNamespaceMetadata: { labels: { ${LABEL}: privileged } } } }`,
        }),
      ],
      finds: [
        {
          path: `spec.syncPolicy.managedNamespaceMetadata.labels["${LABEL}"]`,
          value: "privileged",
          fact: "the pods of the namespace shop are held to too little",
        },
        `spec.templatePatch.spec.syncPolicy.managedNamespaceMetadata.labels["${LABEL}"]`,
      ],
    },
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
