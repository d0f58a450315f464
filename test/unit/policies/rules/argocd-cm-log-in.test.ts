import { CONFIG_MAP } from "../../../../policies/kinds";
import { argocdCmLogIn } from "../../../../policies/rules/argocd-cm-log-in";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function configMap(name: string, data: Readonly<Record<string, string>>) {
  return subject(CONFIG_MAP, { metadata: { name, namespace: "argocd" }, data });
}

describeRule(argocdCmLogIn, {
  passing: {
    "OpenID Connect": configMap("argocd-cm", { "oidc.config": "name: Acme" }),
    Dex: configMap("argocd-cm", { "dex.config": "connectors: []" }),
  },
  failing: {
    "passwords alone": { given: configMap("argocd-cm", { url: "https://argocd.example" }), finds: "data" },
    "a log-in that is empty": { given: configMap("argocd-cm", { "oidc.config": "" }), finds: "data" },
  },
  notApplicable: { "another ConfigMap": configMap("argocd-rbac-cm", {}) },
  mutation: {
    stack: "prod",
    resource: "argocd-configmap-argocd-cm",
    change: ['data["oidc.config"]', undefined],
    finds: "data",
  },
});
