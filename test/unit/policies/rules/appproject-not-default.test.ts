import { APP_PROJECT_PATCH, CONFIG_MAP } from "../../../../policies/kinds";
import { appProjectNotDefault } from "../../../../policies/rules/appproject-not-default";
import { describeRule } from "../support/describe-rule";
import { appProject, subject } from "../support/subjects";

describeRule(appProjectNotDefault, {
  passing: {
    "a project of its own": appProject({ sourceRepos: ["https://git.example/shop.git"] }),
    "a default project that allows nothing": appProject({ sourceRepos: [], destinations: [] }, { name: "default" }),
  },
  failing: {
    "a default project as Argo CD makes it": {
      given: appProject(
        {
          sourceRepos: ["*"],
          destinations: [{ server: "*", namespace: "*" }],
          clusterResourceWhitelist: [{ group: "*", kind: "*" }],
        },
        { name: "default" },
      ),
      finds: ["spec.sourceRepos", "spec.destinations", "spec.clusterResourceWhitelist"],
    },
  },
  notApplicable: {
    "a patch of another AppProject": subject(APP_PROJECT_PATCH, {
      metadata: { name: "shop" },
      spec: { sourceRepos: ["*"] },
    }),
    "a ConfigMap of the name": subject(CONFIG_MAP, { metadata: { name: "default" } }),
  },
  mutation: {
    resource: "argocd-appproject-default",
    change: ["spec.sourceRepos", ["*"]],
    finds: "spec.sourceRepos",
  },
});
