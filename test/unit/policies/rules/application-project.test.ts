import { APPLICATION_PATCH, CONFIG_MAP } from "../../../../policies/kinds";
import { applicationProject } from "../../../../policies/rules/application-project";
import { describeRule } from "../support/describe-rule";
import { application, subject } from "../support/subjects";

describeRule(applicationProject, {
  passing: {
    "an AppProject of its own": application({ project: "shop" }),
    "fields applied over others, which leave the AppProject": subject(APPLICATION_PATCH, { spec: {} }),
  },
  failing: {
    "the default project": {
      given: application({ project: "default" }),
      finds: { path: "spec.project", value: "default" },
    },
    "none, which Argo CD takes for default": {
      given: application({}),
      finds: { path: "spec.project", value: "none, which is default" },
    },
    "an empty one": {
      given: application({ project: "" }),
      finds: { path: "spec.project", value: "none, which is default" },
    },
    "the default project, or an empty one, in fields applied over others": {
      given: ["default", ""].map((project) => subject(APPLICATION_PATCH, { spec: { project } })),
      finds: ["spec.project", "spec.project"],
    },
  },
  notApplicable: { "a ConfigMap": subject(CONFIG_MAP, { metadata: { name: "shop" } }) },
  mutation: {
    resource: "acme-shop-dev-6293-application-deploy",
    change: ["spec.project", "default"],
    finds: "spec.project",
  },
});
