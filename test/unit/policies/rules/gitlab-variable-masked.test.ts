import { NAMESPACE } from "../../../../policies/kinds";
import { PROJECT_VARIABLE, GROUP_VARIABLE } from "../../../../policies/gitlab-kinds";
import { gitlabVariableMasked } from "../../../../policies/rules/gitlab-variable-masked";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function variable(inputs: Readonly<Record<string, unknown>>) {
  return subject(PROJECT_VARIABLE, inputs);
}

describeRule(gitlabVariableMasked, {
  passing: {
    masked: variable({ key: "GIT_OUTPUT_PASSWORD", masked: true }),
    "no credential": [variable({ key: "PROJECT_NAME" }), variable({ key: "TOKEN_URL" })],
  },
  failing: {
    shown: { given: variable({ key: "HARBOR_TOKEN", masked: false }), finds: { path: "masked", value: "false" } },
    "not said": { given: variable({ key: "db_password" }), finds: { path: "masked", value: "not set" } },
    "every word for a credential, and a group's": {
      given: [
        ...["DB_PASSWD", "CLIENT_SECRET", "API_KEY", "APIKEY", "PRIVATE_KEY", "SSH_PRIVATEKEY"].map((key) =>
          variable({ key }),
        ),
        subject(GROUP_VARIABLE, { key: "TOKEN" }),
      ],
      finds: Array.from({ length: 7 }, () => "masked"),
    },
  },
  notApplicable: { "a namespace": subject(NAMESPACE, { key: "PASSWORD" }) },
  mutation: {
    stack: "prod",
    resource: "gitlab-acme/portal/mirror-variable-GIT_OUTPUT_PASSWORD",
    change: ["masked", false],
    finds: "masked",
  },
});
