import { switchedOn } from "../config-map";
import { resourceRule } from "../rule";
import { SERVER_SETTINGS, serverSwitchedOn } from "../server-switch";

export const argocdCmAnonymousOff = resourceRule({
  name: "argocd-cm-anonymous-off",
  level: "mandatory",
  description: "Nobody gets into Argo CD without logging in.",
  reason: "Whoever reaches the server then has the rights of the default role, and no log says who it was.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/#anonymous-access",
  types: SERVER_SETTINGS,
  check: (subject) => [
    ...switchedOn(
      subject,
      { configMap: "argocd-cm", key: "users.anonymous.enabled" },
      {
        fact: "Argo CD lets people in without a log-in",
        fix: "take users.anonymous.enabled out of argocd.settings in the stack's config",
      },
    ),
    ...serverSwitchedOn(
      subject,
      { parameter: "server.disable.auth", flag: "--disable-auth", variable: "ARGOCD_SERVER_DISABLE_AUTH" },
      "Argo CD asks nobody who they are, and everybody has all rights",
    ),
  ],
});
