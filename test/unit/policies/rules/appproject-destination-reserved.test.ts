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
    "another list of the stack": { given: to("kube-system"), settings: { namespaces: ["infra"] } },
  },
  failing: {
    "that of Argo CD": { given: to("argocd"), finds: { path: "spec.destinations[0].namespace", value: "argocd" } },
    "one of the cluster": { given: to("kube-public"), finds: "spec.destinations[0].namespace" },
    "a pattern that covers one": { given: to("*-system"), finds: "spec.destinations[0].namespace" },
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
