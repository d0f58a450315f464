import { CONFIG_MAP, CONFIG_MAP_PATCH } from "../../../../policies/kinds";
import { argocdCmAdminDisabled } from "../../../../policies/rules/argocd-cm-admin-disabled";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function configMap(name: string, data: Readonly<Record<string, string>>) {
  return subject(CONFIG_MAP, { metadata: { name, namespace: "argocd" }, data });
}

describeRule(argocdCmAdminDisabled, {
  passing: {
    "a patch that leaves the account as it is": {
      ...configMap("argocd-cm", { "oidc.config": "name: Acme" }),
      type: CONFIG_MAP_PATCH,
    },
    "the account off": configMap("argocd-cm", { "oidc.config": "name: Acme", "admin.enabled": "false" }),
    "the account off, in Argo CD's other words": ["0", "f", "F", "FALSE", "False"].map((off) =>
      configMap("argocd-cm", { "oidc.config": "name: Acme", "admin.enabled": off }),
    ),
    "a log-in that is empty": configMap("argocd-cm", { "oidc.config": "", "dex.config": " \n" }),
    "no other log-in": configMap("argocd-cm", { "admin.enabled": "true" }),
  },
  failing: {
    "the account on beside OpenID Connect": {
      given: configMap("argocd-cm", { "oidc.config": "name: Acme", "admin.enabled": "true" }),
      finds: { path: 'data["admin.enabled"]', value: "true" },
    },
    "what Argo CD does when nothing is said": {
      given: configMap("argocd-cm", { "dex.config": "connectors: []" }),
      finds: {
        path: 'data["admin.enabled"]',
        value: "not set, which is true",
        fact: "the account admin is on beside the log-in of dex.config",
      },
    },
    "a patch that turns it on": {
      given: {
        ...configMap("argocd-cm", { "oidc.config": "name: Acme", "admin.enabled": "true" }),
        type: CONFIG_MAP_PATCH,
      },
      finds: 'data["admin.enabled"]',
    },
    "what Argo CD cannot read, and takes for on": {
      given: configMap("argocd-cm", { "oidc.config": "name: Acme", "admin.enabled": "no" }),
      finds: { path: 'data["admin.enabled"]', value: "no" },
    },
  },
  notApplicable: {
    "another ConfigMap": configMap("settings", { "oidc.config": "name: Acme", "admin.enabled": "true" }),
  },
  mutation: {
    stack: "prod",
    resource: "argocd-configmap-argocd-cm",
    change: ['data["admin.enabled"]', "true"],
    finds: 'data["admin.enabled"]',
  },
});
