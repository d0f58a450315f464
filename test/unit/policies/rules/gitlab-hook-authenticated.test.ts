import { NAMESPACE } from "../../../../policies/kinds";
import { PROJECT_HOOK, GROUP_HOOK } from "../../../../policies/gitlab-kinds";
import { gitlabHookAuthenticated } from "../../../../policies/rules/gitlab-hook-authenticated";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function hook(inputs: Readonly<Record<string, unknown>>) {
  return subject(PROJECT_HOOK, { url: "https://argocd.example/api/webhook", ...inputs });
}

describeRule(gitlabHookAuthenticated, {
  passing: {
    "a token, and TLS checked": hook({ token: "secret", enableSslVerification: true }),
    "what GitLab does when nothing is said": hook({ token: "secret" }),
  },
  failing: {
    "a group's hook without a token": { given: subject(GROUP_HOOK, {}), finds: "token" },
    "no token": { given: hook({ enableSslVerification: true }), finds: "token" },
    neither: { given: hook({ token: "", enableSslVerification: false }), finds: ["token", "enableSslVerification"] },
  },
  notApplicable: { "a namespace": subject(NAMESPACE, { enableSslVerification: false }) },
  mutation: {
    stack: "prod",
    resource: "gitlab-hooks-acme/portal/deploy",
    change: ["enableSslVerification", false],
    finds: "enableSslVerification",
  },
});
