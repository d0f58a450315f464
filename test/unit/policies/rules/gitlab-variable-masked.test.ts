import { NAMESPACE } from "../../../../policies/kinds";
import { PROJECT_VARIABLE } from "../../../../policies/gitlab-kinds";
import { gitlabVariableMasked } from "../../../../policies/rules/gitlab-variable-masked";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function variable(inputs: Readonly<Record<string, unknown>>) {
  return subject(PROJECT_VARIABLE, inputs);
}

describeRule(gitlabVariableMasked, {
  passing: {
    masked: variable({ key: "GIT_OUTPUT_PASSWORD", masked: true }),
    "no credential": variable({ key: "PROJECT_NAME" }),
  },
  failing: {
    shown: { given: variable({ key: "HARBOR_TOKEN", masked: false }), finds: { path: "masked", value: "false" } },
    "not said": { given: variable({ key: "db_password" }), finds: "masked" },
  },
  notApplicable: { "a namespace": subject(NAMESPACE, { key: "PASSWORD" }) },
  mutation: {
    stack: "prod",
    resource: "gitlab-acme/portal/mirror-variable-GIT_OUTPUT_PASSWORD",
    change: ["masked", false],
    finds: "masked",
  },
});
