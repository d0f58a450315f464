import { BRANCH_PROTECTION, GITLAB_PROJECT } from "../../../../policies/gitlab-kinds";
import { gitlabBranchNoForcePush } from "../../../../policies/rules/gitlab-branch-no-force-push";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function protection(inputs: Readonly<Record<string, unknown>>) {
  return subject(BRANCH_PROTECTION, { branch: "main", ...inputs }, { name: "main" });
}

describeRule(gitlabBranchNoForcePush, {
  passing: {
    closed: protection({ allowForcePush: false }),
    "a mirror's copy": protection({ allowForcePush: true, mergeAccessLevel: "no one", pushAccessLevel: "maintainer" }),
  },
  failing: {
    open: { given: protection({ allowForcePush: true, mergeAccessLevel: "developer" }), finds: "allowForcePush" },
    "a copy that developers push to": {
      given: protection({ allowForcePush: true, mergeAccessLevel: "no one", pushAccessLevel: "developer" }),
      finds: "allowForcePush",
    },
  },
  notApplicable: { "a project": subject(GITLAB_PROJECT, { allowForcePush: true }) },
  mutation: {
    stack: "prod",
    resource: "gitlab-acme/portal/pages-protection",
    change: ["allowForcePush", true],
    finds: "allowForcePush",
  },
});
