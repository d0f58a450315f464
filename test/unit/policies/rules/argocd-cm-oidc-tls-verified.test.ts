import { CONFIG_MAP, CONFIG_MAP_PATCH } from "../../../../policies/kinds";
import { argocdCmOidcTlsVerified } from "../../../../policies/rules/argocd-cm-oidc-tls-verified";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function configMap(name: string, data: Readonly<Record<string, string>>) {
  return subject(CONFIG_MAP, { metadata: { name, namespace: "argocd" }, data });
}

describeRule(argocdCmOidcTlsVerified, {
  passing: {
    off: configMap("argocd-cm", { "oidc.tls.insecure.skip.verify": "false" }),
    "not set": configMap("argocd-cm", {}),
    "what Argo CD does not take for true": configMap("argocd-cm", { "oidc.tls.insecure.skip.verify": "yes" }),
  },
  failing: {
    on: {
      given: configMap("argocd-cm", { "oidc.tls.insecure.skip.verify": "true" }),
      finds: { path: 'data["oidc.tls.insecure.skip.verify"]', value: "true" },
    },
    "on, as a patch": {
      given: { ...configMap("argocd-cm", { "oidc.tls.insecure.skip.verify": "True" }), type: CONFIG_MAP_PATCH },
      finds: 'data["oidc.tls.insecure.skip.verify"]',
    },
  },
  notApplicable: { "another ConfigMap": configMap("settings", { "oidc.tls.insecure.skip.verify": "true" }) },
  mutation: {
    stack: "dev",
    resource: "argocd-configmap-argocd-cm",
    change: ['data["oidc.tls.insecure.skip.verify"]', "true"],
    finds: 'data["oidc.tls.insecure.skip.verify"]',
  },
});
