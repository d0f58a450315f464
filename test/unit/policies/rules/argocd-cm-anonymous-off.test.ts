import { CONFIG_MAP, CONFIG_MAP_PATCH } from "../../../../policies/kinds";
import { argocdCmAnonymousOff } from "../../../../policies/rules/argocd-cm-anonymous-off";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function configMap(name: string, data: Readonly<Record<string, string>>) {
  return subject(CONFIG_MAP, { metadata: { name, namespace: "argocd" }, data });
}

describeRule(argocdCmAnonymousOff, {
  passing: {
    off: configMap("argocd-cm", { "users.anonymous.enabled": "false" }),
    "not set": configMap("argocd-cm", {}),
    "what Argo CD does not take for true": configMap("argocd-cm", { "users.anonymous.enabled": "yes" }),
  },
  failing: {
    on: {
      given: configMap("argocd-cm", { "users.anonymous.enabled": "true" }),
      finds: { path: 'data["users.anonymous.enabled"]', value: "true" },
    },
    "on, as a patch": {
      given: { ...configMap("argocd-cm", { "users.anonymous.enabled": "True" }), type: CONFIG_MAP_PATCH },
      finds: 'data["users.anonymous.enabled"]',
    },
  },
  notApplicable: { "another ConfigMap": configMap("settings", { "users.anonymous.enabled": "true" }) },
  mutation: {
    stack: "dev",
    resource: "argocd-configmap-argocd-cm",
    change: ['data["users.anonymous.enabled"]', "true"],
    finds: 'data["users.anonymous.enabled"]',
  },
});
