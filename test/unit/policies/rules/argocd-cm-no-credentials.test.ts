import { CONFIG_MAP } from "../../../../policies/kinds";
import { argocdCmNoCredentials } from "../../../../policies/rules/argocd-cm-no-credentials";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function configMap(name: string, data: Readonly<Record<string, string>>) {
  return subject(CONFIG_MAP, { metadata: { name, namespace: "argocd" }, data });
}

describeRule(argocdCmNoCredentials, {
  passing: {
    "a name of a secret": configMap("argocd-cm", { "oidc.config": "clientSecret: $oidc.clientSecret" }),
    "a header that names one": configMap("argocd-notifications-cm", {
      "service.webhook.board": "headers:\n  - name: Authorization\n    value: Bearer $board",
    }),
    "what is no YAML": configMap("argocd-rbac-cm", { "policy.csv": "p, role:a, *, *, *, allow\n- x: [" }),
  },
  failing: {
    "a client's secret in clear": {
      given: configMap("argocd-cm", { "oidc.config": "clientSecret: correct-horse" }),
      finds: 'data["oidc.config"]',
    },
    "a directory's password": {
      given: configMap("argocd-cm", { "dex.config": "connectors: [{ config: { bindPW: correct-horse } }]" }),
      finds: 'data["dex.config"]',
    },
    "a bot's token": {
      given: configMap("argocd-notifications-cm", { "service.slack": "token: xoxb-1-2" }),
      finds: 'data["service.slack"]',
    },
  },
  notApplicable: {
    "a ConfigMap of somebody else": [
      configMap("settings", { "oidc.config": "clientSecret: correct-horse" }),
      configMap("my-argocd-cm", { "oidc.config": "clientSecret: correct-horse" }),
      configMap("argocd-cm-old", { "oidc.config": "clientSecret: correct-horse" }),
    ],
    "a ConfigMap without data": subject(CONFIG_MAP, { metadata: { name: "argocd-cm" }, data: null }),
  },
  mutation: {
    stack: "prod",
    resource: "argocd-configmap-argocd-cm",
    change: ['data["oidc.config"]', "clientSecret: correct-horse"],
    finds: 'data["oidc.config"]',
  },
});
