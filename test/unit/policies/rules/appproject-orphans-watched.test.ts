import { CONFIG_MAP } from "../../../../policies/kinds";
import { appProjectOrphansWatched } from "../../../../policies/rules/appproject-orphans-watched";
import { describeRule } from "../support/describe-rule";
import { appProject, subject } from "../support/subjects";

describeRule(appProjectOrphansWatched, {
  passing: { "it warns": appProject({ destinations: [{ namespace: "shop" }], orphanedResources: { warn: true } }) },
  failing: {
    "nothing is said": {
      given: appProject({ destinations: [{ namespace: "shop" }] }),
      finds: "spec.orphanedResources.warn",
    },
    "it only counts": {
      given: appProject({ destinations: [{ namespace: "shop" }], orphanedResources: {} }),
      finds: "spec.orphanedResources.warn",
    },
    "it is told not to": {
      given: appProject({ destinations: [{ namespace: "shop" }], orphanedResources: { warn: false } }),
      finds: { path: "spec.orphanedResources.warn", value: "false" },
    },
  },
  notApplicable: {
    "a ConfigMap": subject(CONFIG_MAP, { metadata: { name: "shop" } }),
    "an AppProject that may deploy nowhere": appProject({ destinations: [] }),
  },
  mutation: {
    resource: "acme-shop-dev-6293-app-project",
    change: ["spec.orphanedResources", undefined],
    finds: "spec.orphanedResources.warn",
  },
});
