import { APP_PROJECT_PATCH, CONFIG_MAP } from "../../../../policies/kinds";
import { appProjectDestinations } from "../../../../policies/rules/appproject-destinations";
import { describeRule } from "../support/describe-rule";
import { appProject, argocdSecret, subject } from "../support/subjects";

describeRule(appProjectDestinations, {
  passing: {
    "one namespace": appProject({ destinations: [{ server: "https://kubernetes.default.svc", namespace: "shop" }] }),
    "a cluster by its name": appProject({ destinations: [{ name: "eu-west", namespace: "shop" }] }),
    "no destination": appProject({ destinations: [] }),
    "the AppProject of the platform, which the stack names": {
      given: appProject({ destinations: [{ server: "*", namespace: "*" }] }),
      settings: { except: ["shop"] },
    },
    "a cluster's Secret for an AppProject, with its namespaces": argocdSecret("cluster", {
      project: "shop",
      namespaces: "shop, shop-db",
    }),
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
      given: appProject({
        destinations: [
          { name: "eu-*", namespace: "team-?" },
          { server: "https://[ab]", namespace: "{argocd,shop}" },
          { name: "in-cluster", namespace: "kube\\-system" },
        ],
      }),
      finds: [
        { path: "spec.destinations[0].name", fact: "the AppProject may deploy to every cluster that fits" },
        "spec.destinations[0].namespace",
        "spec.destinations[1].server",
        "spec.destinations[1].namespace",
        { path: "spec.destinations[2].namespace", value: "kube\\-system" },
      ],
    },
    "a cluster's Secret that adds all its namespaces to an AppProject": {
      given: [
        argocdSecret("cluster", { project: "shop", server: "https://a" }),
        argocdSecret("cluster", { project: "shop", namespaces: "shop,team-*" }),
      ],
      finds: [
        { path: "stringData.namespaces", value: "*", fact: "the AppProject may deploy to every namespace" },
        { path: "stringData.namespaces", value: "team-*" },
      ],
    },
    "an AppProject's fields that are applied over others": {
      given: subject(APP_PROJECT_PATCH, { spec: { destinations: [{ namespace: "*" }] } }),
      finds: "spec.destinations[0].namespace",
    },
    "all namespaces but one, which are all others": {
      given: appProject({ destinations: [{ server: "https://a", namespace: "!kube-system" }] }),
      finds: "spec.destinations[0].namespace",
    },
  },
  notApplicable: {
    "a ConfigMap": subject(CONFIG_MAP, { metadata: { name: "shop" } }),
    "a cluster's Secret for all": argocdSecret("cluster", { server: "https://a" }),
    "a repository's Secret": argocdSecret("repository", { project: "shop", namespaces: "*" }),
  },
  mutation: {
    resource: "acme-shop-dev-6293-app-project",
    change: ["spec.destinations[0].namespace", "*"],
    finds: "spec.destinations[0].namespace",
  },
});
