import { NAMESPACE } from "../../../../policies/kinds";
import { GITLAB_GROUP, GITLAB_PROJECT } from "../../../../policies/gitlab-kinds";
import { gitlabNotPublic } from "../../../../policies/rules/gitlab-not-public";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

describeRule(gitlabNotPublic, {
  passing: {
    private: subject(GITLAB_GROUP, { path: "acme", visibilityLevel: "private" }),
    internal: subject(GITLAB_PROJECT, { path: "shop", visibilityLevel: "internal" }),
    "what the stack accepts": {
      given: subject(GITLAB_PROJECT, { path: "docs", visibilityLevel: "public" }),
      settings: { paths: ["docs"] },
    },
  },
  failing: {
    "a project": {
      given: subject(GITLAB_PROJECT, { path: "shop", visibilityLevel: "public" }),
      finds: { path: "visibilityLevel", value: "public" },
    },
    "a group": { given: subject(GITLAB_GROUP, { name: "acme", visibilityLevel: "public" }), finds: "visibilityLevel" },
  },
  notApplicable: { "a namespace": subject(NAMESPACE, { visibilityLevel: "public" }) },
  mutation: {
    stack: "prod",
    resource: "gitlab-acme/portal/pages-project",
    change: ["visibilityLevel", "public"],
    finds: "visibilityLevel",
  },
});
