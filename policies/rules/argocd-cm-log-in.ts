import { logInOf } from "../config-map";
import { CONFIG_MAP } from "../kinds";
import { nameOf } from "../read";
import { resourceRule } from "../rule";

export const argocdCmLogIn = resourceRule({
  name: "argocd-cm-log-in",
  level: "advisory",
  description: "People log in to Argo CD by an identity provider.",
  reason: "Otherwise everybody shares the account admin, or has a password in Argo CD that nobody takes back.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/",
  types: [CONFIG_MAP],
  check: (subject) => {
    if (nameOf(subject.inputs) !== "argocd-cm" || logInOf(subject) !== undefined) return [];
    return [
      {
        path: "data",
        fact: "Argo CD knows no identity provider",
        fix: "set argocd.oidc in the stack's config, and then argocd.admin.enabled to false",
      },
    ];
  },
});
