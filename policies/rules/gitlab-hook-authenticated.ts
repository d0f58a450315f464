import { GROUP_HOOK, PROJECT_HOOK } from "../gitlab-kinds";
import { textAt } from "../read";
import { resourceRule } from "../rule";
import type { Finding } from "../rule";

export const gitlabHookAuthenticated = resourceRule({
  name: "gitlab-hook-authenticated",
  level: "mandatory",
  description: "GitLab's hooks bring a token along, and check the certificate of whom they call.",
  reason:
    "Without a token anybody can make Argo CD fetch and compare all day; without the check, anybody gets the token.",
  source: "https://docs.gitlab.com/user/project/integrations/webhooks/#validate-requests",
  types: [PROJECT_HOOK, GROUP_HOOK],
  check: ({ inputs }) => {
    const findings: Finding[] = [];
    if ((textAt(inputs, "token") ?? "") === "") {
      findings.push({ path: "token", fact: "the hook brings no token along", fix: "set the hook's token" });
    }
    if (inputs["enableSslVerification"] === false) {
      findings.push({
        path: "enableSslVerification",
        fact: "the hook does not check whom it calls",
        value: "false",
        fix: "set gitlab.webhook.verifyTls to true in the stack's config",
      });
    }
    return findings;
  },
});
