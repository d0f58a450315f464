import { NAMESPACE } from "../../../../policies/kinds";
import { gitlabTokenExpires } from "../../../../policies/rules/gitlab-token-expires";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function token(inputs: Readonly<Record<string, unknown>>) {
  return subject("gitlab:index/groupDeployToken:GroupDeployToken", inputs);
}

describeRule(gitlabTokenExpires, {
  passing: {
    "a date": token({ expiresAt: "2027-03-01T00:00:00Z" }),
    "renewed by GitLab": token({ rotationConfiguration: { expirationDays: 180, rotateBeforeDays: 30 } }),
  },
  failing: {
    "an empty end": { given: token({ name: "ci", expiresAt: "" }), finds: "expiresAt" },
    "no end": { given: token({ name: "argocd" }), finds: "expiresAt" },
  },
  notApplicable: { "a namespace": subject(NAMESPACE, {}) },
  mutation: {
    stack: "prod",
    resource: "gitlab-acme/portal-argocd",
    change: ["expiresAt", undefined],
    finds: "expiresAt",
  },
});
