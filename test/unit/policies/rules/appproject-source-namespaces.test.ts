import { CONFIG_MAP } from "../../../../policies/kinds";
import { appProjectSourceNamespaces } from "../../../../policies/rules/appproject-source-namespaces";
import { describeRule } from "../support/describe-rule";
import { appProject, subject } from "../support/subjects";

describeRule(appProjectSourceNamespaces, {
  passing: {
    "the project's own": appProject({ sourceNamespaces: ["shop"] }),
    none: appProject({}),
    "the AppProject of the platform, which the stack names": {
      given: appProject({ sourceNamespaces: ["*"] }),
      settings: { except: ["shop"] },
    },
    "a pattern that the stack allows": {
      given: appProject({ sourceNamespaces: ["shop-*"] }),
      settings: { allowed: ["shop-*"] },
    },
  },
  failing: {
    "all namespaces, and those that fit": {
      given: appProject({ sourceNamespaces: ["*", "team-*", "/team-.+/", "!kube-system", "/team/"] }),
      finds: [
        { path: "spec.sourceNamespaces[0]", value: "*" },
        "spec.sourceNamespaces[1]",
        "spec.sourceNamespaces[2]",
        "spec.sourceNamespaces[3]",
        { path: "spec.sourceNamespaces[4]", value: "/team/" },
      ],
    },
  },
  notApplicable: { "a ConfigMap": subject(CONFIG_MAP, { metadata: { name: "shop" } }) },
  mutation: {
    resource: "acme-shop-dev-6293-app-project",
    change: ["spec.sourceNamespaces", ["*"]],
    finds: "spec.sourceNamespaces[0]",
  },
});
