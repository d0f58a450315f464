import { CONFIG_MAP } from "../../../../policies/kinds";
import { appProjectNoClusterKinds } from "../../../../policies/rules/appproject-no-cluster-kinds";
import { describeRule } from "../support/describe-rule";
import { appProject, subject } from "../support/subjects";

describeRule(appProjectNoClusterKinds, {
  passing: {
    "an empty list": appProject({ clusterResourceWhitelist: [] }),
    "no list": appProject({}),
    "a kind that the stack allows": {
      given: appProject({ clusterResourceWhitelist: [{ group: "rbac.authorization.k8s.io", kind: "ClusterRole" }] }),
      settings: { allowed: ["rbac.authorization.k8s.io/ClusterRole"] },
    },
    "an AppProject of the platform": {
      given: appProject({ clusterResourceWhitelist: [{ group: "*", kind: "*" }] }),
      settings: { except: ["shop"] },
    },
  },
  failing: {
    "all kinds, and Namespaces": {
      given: appProject({
        clusterResourceWhitelist: [
          { group: "*", kind: "*" },
          { group: "", kind: "Namespace" },
        ],
      }),
      finds: [
        { path: "spec.clusterResourceWhitelist[0]", value: "*/*" },
        { path: "spec.clusterResourceWhitelist[1]", value: "Namespace" },
      ],
    },
  },
  notApplicable: { "a ConfigMap": subject(CONFIG_MAP, { metadata: { name: "shop" } }) },
  mutation: {
    resource: "acme-shop-dev-6293-app-project",
    change: ["spec.clusterResourceWhitelist", [{ group: "", kind: "Namespace" }]],
    finds: "spec.clusterResourceWhitelist[0]",
  },
});
