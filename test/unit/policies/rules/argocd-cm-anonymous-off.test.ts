import { CONFIG_MAP, CONFIG_MAP_PATCH, DEPLOYMENT } from "../../../../policies/kinds";
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
    "on, in Argo CD's other words": {
      given: ["1", "t", "T", "TRUE"].map((on) => configMap("argocd-cm", { "users.anonymous.enabled": on })),
      finds: Array.from({ length: 4 }, () => 'data["users.anonymous.enabled"]'),
    },
    "no log-in at all, by the server's parameter": {
      given: configMap("argocd-cmd-params-cm", { "server.disable.auth": "true" }),
      finds: {
        path: 'data["server.disable.auth"]',
        fact: "Argo CD asks nobody who they are, and everybody has all rights",
        fix: "take server.disable.auth out of argocd.parameters in the stack's config",
      },
    },
    "no log-in at all, by the server's argument and environment": {
      given: subject(DEPLOYMENT, {
        metadata: { name: "argocd-server" },
        spec: {
          template: {
            spec: {
              containers: [{ args: ["--disable-auth"], env: [{ name: "ARGOCD_SERVER_DISABLE_AUTH", value: "true" }] }],
            },
          },
        },
      }),
      finds: ["spec.template.spec.containers[0].args[0]", "spec.template.spec.containers[0].env[0].value"],
    },
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
