import { CONFIG_MAP } from "../../../../policies/kinds";
import { appProjectDestinations } from "../../../../policies/rules/appproject-destinations";
import { describeRule } from "../support/describe-rule";
import { appProject, subject } from "../support/subjects";

describeRule(appProjectDestinations, {
  passing: {
    "one namespace": appProject({ destinations: [{ server: "https://kubernetes.default.svc", namespace: "shop" }] }),
    "a cluster by its name": appProject({ destinations: [{ name: "eu-west", namespace: "shop" }] }),
    "no destination": appProject({ destinations: [] }),
    "a pattern that the stack allows": {
      given: appProject({ destinations: [{ server: "https://a", namespace: "shop-*" }] }),
      settings: { allowed: ["shop-*"] },
    },
  },
  failing: {
    everything: {
      given: appProject({ destinations: [{ server: "*", namespace: "*" }] }),
      finds: [
        { path: "spec.destinations[0].server", value: "*" },
        { path: "spec.destinations[0].namespace", value: "*" },
      ],
    },
    "clusters and namespaces that fit": {
      given: appProject({ destinations: [{ name: "eu-*", namespace: "team-?" }] }),
      finds: ["spec.destinations[0].name", "spec.destinations[0].namespace"],
    },
    "all namespaces but one, which are all others": {
      given: appProject({ destinations: [{ server: "https://a", namespace: "!kube-system" }] }),
      finds: "spec.destinations[0].namespace",
    },
  },
  notApplicable: { "a ConfigMap": subject(CONFIG_MAP, { metadata: { name: "shop" } }) },
  mutation: {
    resource: "acme-shop-dev-6293-app-project",
    change: ["spec.destinations[0].namespace", "*"],
    finds: "spec.destinations[0].namespace",
  },
});
