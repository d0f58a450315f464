import { CONFIG_MAP, SECRET } from "../../../../policies/kinds";
import { secretDataIsSecret } from "../../../../policies/rules/secret-data-is-secret";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

describeRule(secretDataIsSecret, {
  passing: {
    "secret outputs": subject(SECRET, { data: { password: "cGFzcw==" } }, { secretOutputs: ["data"] }),
    "no data": subject(SECRET, { type: "Opaque" }),
    "nothing in it": subject(SECRET, { type: "Opaque", data: {} }),
  },
  failing: {
    "data in clear": {
      given: subject(SECRET, { data: { password: "cGFzcw==" } }, { secretOutputs: ["stringData"] }),
      finds: "data",
    },
    "both in clear": {
      given: subject(SECRET, { data: "[secret]", stringData: { a: "b" } }),
      finds: ["data", "stringData"],
    },
  },
  notApplicable: { "a ConfigMap": subject(CONFIG_MAP, { data: { password: "pass" } }) },
  mutation: { resource: "argocd-secret-keys", subject: { secretOutputs: [] }, finds: "data" },
});
