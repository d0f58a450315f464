import { CONFIG_MAPS, dataPath, isOff, logInOf, settingOf } from "../config-map";
import { CONFIG_MAP_PATCH } from "../kinds";
import { resourceRule } from "../rule";

export const argocdCmAdminDisabled = resourceRule({
  name: "argocd-cm-admin-disabled",
  level: "mandatory",
  description: "Where people log in by an identity provider, Argo CD's account admin is off.",
  reason: "The account is shared, has all rights and outlives whoever leaves: nobody can tell who acted by it.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/user-management/#disable-admin-user",
  types: CONFIG_MAPS,
  check: (subject) => {
    const { type } = subject;
    const logIn = logInOf(subject);
    const value = settingOf(subject, "argocd-cm", "admin.enabled");
    // A patch that does not name the key leaves it as it is.
    const isOffHere = value === undefined ? type === CONFIG_MAP_PATCH : isOff(value);
    if (logIn === undefined || isOffHere) return [];
    return [
      {
        path: dataPath("admin.enabled"),
        fact: `the account admin is on beside the log-in of ${logIn}`,
        value: value ?? "not set, which is true",
        fix: "set argocd.admin.enabled to false in the stack's config, and give rights to groups by argocd.rbac",
      },
    ];
  },
});
