import { CONFIG_MAP, CONFIG_MAP_PATCH } from "../../../../policies/kinds";
import { argocdCmExecOff } from "../../../../policies/rules/argocd-cm-exec-off";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function configMap(name: string, data: Readonly<Record<string, string>>) {
  return subject(CONFIG_MAP, { metadata: { name, namespace: "argocd" }, data });
}

describeRule(argocdCmExecOff, {
  passing: {
    off: configMap("argocd-cm", { "exec.enabled": "false" }),
    "not set": configMap("argocd-cm", {}),
    "what Argo CD does not take for true": configMap("argocd-cm", { "exec.enabled": "yes" }),
  },
  failing: {
    on: {
      given: configMap("argocd-cm", { "exec.enabled": "true" }),
      finds: { path: 'data["exec.enabled"]', value: "true" },
    },
    "on, as a patch": {
      given: { ...configMap("argocd-cm", { "exec.enabled": "True" }), type: CONFIG_MAP_PATCH },
      finds: 'data["exec.enabled"]',
    },
  },
  notApplicable: { "another ConfigMap": configMap("settings", { "exec.enabled": "true" }) },
  mutation: {
    stack: "prod",
    resource: "argocd-configmap-argocd-cm",
    change: ['data["exec.enabled"]', "true"],
    finds: 'data["exec.enabled"]',
  },
});
