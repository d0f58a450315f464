import { CONFIG_MAPS, dataPath } from "../config-map";
import { credentialsInText } from "../credentials";
import { at, nameOf } from "../read";
import { resourceRule } from "../rule";

export const argocdCmNoCredentials = resourceRule({
  name: "argocd-cm-no-credentials",
  level: "mandatory",
  description: "Argo CD's ConfigMaps name secrets and never hold them.",
  reason:
    "A ConfigMap is read by whoever may look into the namespace, and stands in clear in Pulumi's state and diffs.",
  source:
    "https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/#sensitive-data-and-sso-client-secrets",
  types: CONFIG_MAPS,
  check: ({ inputs }) => {
    const data = at(inputs, "data");
    if (!/^argocd-.*cm$/.test(nameOf(inputs) ?? "") || typeof data !== "object" || data === null) return [];
    return Object.entries(data).flatMap(([key, text]) =>
      typeof text !== "string"
        ? []
        : credentialsInText(text).map((what) => ({
            path: dataPath(key),
            fact: `${what} stands in clear in a ConfigMap`,
            fix: "put it into the stack's secrets, name that secret in the stack's config, and revoke this one",
          })),
    );
  },
});
