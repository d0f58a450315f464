import { CONFIG_MAP } from "../../../../policies/kinds";
import { applicationDifferencesNarrow } from "../../../../policies/rules/application-differences-narrow";
import { describeRule } from "../support/describe-rule";
import { application, applicationSet, subject } from "../support/subjects";

const ignoring = (entry: object) =>
  application({ ignoreDifferences: [{ group: "apps", kind: "Deployment", ...entry }] });

describeRule(applicationDifferencesNarrow, {
  passing: {
    "single fields": ignoring({
      jsonPointers: ["/spec/replicas", "/data/token"],
      jqPathExpressions: [".spec.replicas"],
    }),
    "what jq picks": ignoring({ jqPathExpressions: ['.spec.template.spec.containers[] | select(.name == "x").image'] }),
    nothing: application({}),
  },
  failing: {
    "the spec, and the object": {
      given: ignoring({ jsonPointers: ["/spec", "", "/", "/spec/template", "/spec/template/spec"] }),
      finds: [0, 1, 2, 3, 4].map((index) => `spec.ignoreDifferences[0].jsonPointers[${String(index)}]`),
    },
    "the same in jq": {
      given: ignoring({ jqPathExpressions: [".spec", ".", "..", ' .["spec"] ', ".spec[]?", ".spec.template"] }),
      finds: [0, 1, 2, 3, 4, 5].map((index) => `spec.ignoreDifferences[0].jqPathExpressions[${String(index)}]`),
    },
    "the Applications of an ApplicationSet": {
      given: applicationSet({
        template: { spec: { ignoreDifferences: [{ kind: "Secret", jsonPointers: ["/spec"] }] } },
      }),
      finds: "spec.template.spec.ignoreDifferences[0].jsonPointers[0]",
    },
  },
  notApplicable: { "a ConfigMap": subject(CONFIG_MAP, { metadata: { name: "shop" } }) },
  mutation: {
    resource: "acme-shop-dev-6293-application-deploy",
    change: ["spec.ignoreDifferences", [{ group: "apps", kind: "Deployment", jsonPointers: ["/spec"] }]],
    finds: "spec.ignoreDifferences[0].jsonPointers[0]",
  },
});
