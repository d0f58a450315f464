import { CONFIG_MAPS, dataPath, settingOf } from "../config-map";
import { CONFIG_MAP_PATCH } from "../kinds";
import { nameOf } from "../read";
import { resourceRule } from "../rule";

export const argocdCmAdminDisabled = resourceRule({
  name: "argocd-cm-admin-disabled",
  level: "mandatory",
  description: "Where people log in by an identity provider, Argo CD's account admin is off.",
  reason: "The account is shared, has all rights and outlives whoever leaves: nobody can tell who acted by it.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/#disable-admin-user",
  types: CONFIG_MAPS,
  check: (subject) => {
    const { type, inputs } = subject;
    const logIn = ["oidc.config", "dex.config"].find((key) => settingOf(subject, "argocd-cm", key) !== undefined);
    const value = settingOf(subject, "argocd-cm", "admin.enabled");
    if (nameOf(inputs) !== "argocd-cm" || logIn === undefined || value === "false") return [];
    // A patch that does not name the key leaves it as it is.
    if (type === CONFIG_MAP_PATCH && value === undefined) return [];
    return [
      {
        path: dataPath("admin.enabled"),
        fact: `the account admin is on beside the log-in of ${logIn}`,
        ...(value !== undefined && { value }),
        fix: "set argocd.admin.enabled to false in the stack's config, and give rights to groups by argocd.rbac",
      },
    ];
  },
});
