import { CONFIG_MAP } from "../../../../policies/kinds";
import { appProjectDestinationReserved } from "../../../../policies/rules/appproject-destination-reserved";
import { describeRule } from "../support/describe-rule";
import { appProject, subject } from "../support/subjects";

const to = (namespace: string) => appProject({ destinations: [{ server: "https://a", namespace }] });

describeRule(appProjectDestinationReserved, {
  passing: {
    "a namespace of its own": to("shop"),
    "one that is only alike": to("argocd-demo"),
    "the platform's own AppProject, which the stack names": {
      given: to("kube-system"),
      settings: { except: ["shop"] },
    },
    "a service account of its own": appProject({
      destinationServiceAccounts: [
        { server: "https://a", namespace: "shop", defaultServiceAccount: "argocd" },
        { server: "https://a", namespace: "shop", defaultServiceAccount: "shop:deployer" },
      ],
    }),
    "another list of the stack": { given: to("kube-system"), settings: { namespaces: ["infra"] } },
  },
  failing: {
    "that of Argo CD": { given: to("argocd"), finds: { path: "spec.destinations[0].namespace", value: "argocd" } },
    "one of the cluster": { given: to("kube-public"), finds: "spec.destinations[0].namespace" },
    "each that every cluster has": {
      given: [to("kube-system"), to("kube-node-lease"), to("kube-anything")],
      finds: ["spec.destinations[0].namespace", "spec.destinations[0].namespace", "spec.destinations[0].namespace"],
    },
    "that of Argo CD, where the AppProject does not say where it is": {
      given: appProject({ destinations: [{ namespace: "argocd" }] }, { namespace: undefined }),
      finds: "spec.destinations[0].namespace",
    },
    "patterns that cover one": {
      given: [
        to("*"),
        to("*-system"),
        to("*-public"),
        to("*-lease"),
        to("{shop,argocd}"),
        to("[!s]rgocd"),
        to("kube\\-system"),
        to("!shop"),
      ],
      finds: Array.from({ length: 8 }, () => "spec.destinations[0].namespace"),
    },
    "a service account of the platform": {
      given: appProject({
        destinationServiceAccounts: [
          { server: "https://a", namespace: "shop", defaultServiceAccount: "kube-system:admin" },
        ],
      }),
      finds: { path: "spec.destinationServiceAccounts[0].defaultServiceAccount", value: "kube-system:admin" },
    },
    "that of the AppProject, whatever it is called": {
      given: appProject({ destinations: [{ namespace: "gitops" }] }, { namespace: "gitops" }),
      finds: "spec.destinations[0].namespace",
    },
    "one that the stack reserves": {
      given: to("infra-dns"),
      settings: { namespaces: ["infra-*"] },
      finds: "spec.destinations[0].namespace",
    },
  },
  notApplicable: {
    "a ConfigMap": subject(CONFIG_MAP, { metadata: { name: "shop" } }),
    "no destination": appProject({ destinations: [] }),
  },
  mutation: {
    resource: "acme-shop-dev-6293-app-project",
    change: ["spec.destinations[0].namespace", "kube-system"],
    finds: "spec.destinations[0].namespace",
  },
});
