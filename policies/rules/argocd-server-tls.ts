import { resourceRule } from "../rule";
import { SERVER_SETTINGS, serverSwitchedOn } from "../server-switch";

export const argocdServerTls = resourceRule({
  name: "argocd-server-tls",
  level: "mandatory",
  description: "Argo CD's server speaks TLS.",
  reason:
    "Tokens and passwords otherwise cross the cluster's network in clear. An ingress that ends TLS can go on by TLS to " +
    "the server.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/tls/",
  types: SERVER_SETTINGS,
  check: (subject) =>
    serverSwitchedOn(
      subject,
      { parameter: "server.insecure", flag: "--insecure", variable: "ARGOCD_SERVER_INSECURE" },
      "Argo CD's server speaks plain HTTP",
    ),
});
