import { CONFIG_MAP, DEPLOYMENT } from "../../../../policies/kinds";
import { argocdServerTls } from "../../../../policies/rules/argocd-server-tls";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function configMap(name: string, data: Readonly<Record<string, string>>) {
  return subject(CONFIG_MAP, { metadata: { name, namespace: "argocd" }, data });
}

function server(name: string, args: readonly string[]) {
  return subject(DEPLOYMENT, { metadata: { name }, spec: { template: { spec: { containers: [{ name, args }] } } } });
}

describeRule(argocdServerTls, {
  passing: {
    TLS: configMap("argocd-cmd-params-cm", { "server.insecure": "false" }),
    "the argument on another Deployment": server("argocd-repo-server", ["--insecure"]),
    "other arguments": server("argocd-server", ["argocd-server", "--insecure=false"]),
  },
  failing: {
    "the parameter": {
      given: configMap("argocd-cmd-params-cm", { "server.insecure": "true" }),
      finds: 'data["server.insecure"]',
    },
    "the argument": {
      given: server("argocd-server", ["argocd-server", "--insecure"]),
      finds: { path: "spec.template.spec.containers[0].args[1]", value: "--insecure" },
    },
  },
  notApplicable: { "another ConfigMap": configMap("argocd-cm", { "server.insecure": "true" }) },
  mutation: {
    resource: "argocd-configmap-argocd-cmd-params-cm",
    change: ['data["server.insecure"]', "true"],
    finds: 'data["server.insecure"]',
  },
});
