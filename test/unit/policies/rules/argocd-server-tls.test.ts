import { CONFIG_MAP, DEPLOYMENT } from "../../../../policies/kinds";
import { argocdServerTls } from "../../../../policies/rules/argocd-server-tls";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function configMap(name: string, data: Readonly<Record<string, string>>) {
  return subject(CONFIG_MAP, { metadata: { name, namespace: "argocd" }, data });
}

function server(name: string, args: readonly string[], env: readonly object[] = []) {
  return subject(DEPLOYMENT, {
    metadata: { name },
    spec: { template: { spec: { containers: [{ name, args, env }] } } },
  });
}

describeRule(argocdServerTls, {
  passing: {
    TLS: configMap("argocd-cmd-params-cm", { "server.insecure": "false" }),
    "the argument on another Deployment": server("argocd-repo-server", ["--insecure"]),
    "other arguments": server("argocd-server", [
      "argocd-server",
      "--insecure=false",
      "--insecure-skip-verify",
      "--x--insecure",
    ]),
    "an environment that names no truth, or something else": server(
      "argocd-server",
      [],
      [
        { name: "ARGOCD_SERVER_INSECURE", value: "false" },
        { name: "ARGOCD_SERVER_INSECURE", valueFrom: { configMapKeyRef: { key: "server.insecure" } } },
        { name: "ARGOCD_SERVER_NAME", value: "true" },
      ],
    ),
  },
  failing: {
    "the parameter": {
      given: configMap("argocd-cmd-params-cm", { "server.insecure": "true" }),
      finds: 'data["server.insecure"]',
    },
    "the argument": {
      given: server("argocd-server", ["argocd-server", "--insecure"]),
      finds: {
        path: "spec.template.spec.containers[0].args[1]",
        value: "--insecure",
        fact: "Argo CD's server speaks plain HTTP",
        fix: "take the argument out",
      },
    },
    "the argument with a value, and in a line for a shell": {
      given: server("argocd-server", ["--insecure=1", "exec argocd-server --insecure --port 80"]),
      finds: ["spec.template.spec.containers[0].args[0]", "spec.template.spec.containers[0].args[1]"],
    },
    "the command": {
      given: subject(`${DEPLOYMENT}Patch`, {
        metadata: { name: "argocd-server" },
        spec: { template: { spec: { containers: [{}, { command: ["argocd-server", "--insecure"] }] } } },
      }),
      finds: "spec.template.spec.containers[1].command[1]",
    },
    "the environment": {
      given: server("argocd-server", [], [{ name: "X" }, { name: "ARGOCD_SERVER_INSECURE", value: "true" }]),
      finds: { path: "spec.template.spec.containers[0].env[1].value", value: "ARGOCD_SERVER_INSECURE" },
    },
  },
  notApplicable: { "another ConfigMap": configMap("argocd-cm", { "server.insecure": "true" }) },
  mutation: {
    resource: "argocd-configmap-argocd-cmd-params-cm",
    change: ['data["server.insecure"]', "true"],
    finds: 'data["server.insecure"]',
  },
});
