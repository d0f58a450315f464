import { CONFIG_MAPS, switchedOn } from "../config-map";
import { DEPLOYMENT } from "../kinds";
import { listAt, nameOf } from "../read";
import { resourceRule } from "../rule";
import type { Finding, Subject } from "../rule";

export const argocdServerTls = resourceRule({
  name: "argocd-server-tls",
  level: "mandatory",
  description: "Argo CD's server speaks TLS.",
  reason:
    "Tokens and passwords otherwise cross the cluster's network in clear. An ingress that ends TLS can go on by TLS to " +
    "the server.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/tls/",
  types: [...CONFIG_MAPS, DEPLOYMENT],
  check: (subject) => {
    const found = { fact: "Argo CD's server speaks plain HTTP", fix: "take server.insecure out of argocd.parameters" };
    if (subject.type === DEPLOYMENT) return argumentsOf(subject, found.fact);
    return switchedOn(subject, { configMap: "argocd-cmd-params-cm", key: "server.insecure" }, found);
  },
});

function argumentsOf({ inputs }: Subject, fact: string): readonly Finding[] {
  if (nameOf(inputs) !== "argocd-server") return [];
  return listAt(inputs, "spec", "template", "spec", "containers").flatMap((container, index) =>
    ["command", "args"].flatMap((list) =>
      listAt(container, list).flatMap((word, place) => {
        if (word !== "--insecure" && word !== "--insecure=true") return [];
        const path = `spec.template.spec.containers[${String(index)}].${list}[${String(place)}]`;
        return [{ path, fact, value: word, fix: "take the argument out" }];
      }),
    ),
  );
}
