import { CONFIG_MAPS, switchedOn } from "../config-map";
import { resourceRule } from "../rule";

export const argocdCmExecOff = resourceRule({
  name: "argocd-cm-exec-off",
  level: "mandatory",
  description: "Argo CD's terminal into pods is off.",
  reason:
    "A shell in a pod changes what runs past Git, and reads the secrets that are mounted there; an audit log of what " +
    "was typed does not exist.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/web_based_terminal/",
  types: CONFIG_MAPS,
  check: (subject) =>
    switchedOn(
      subject,
      { configMap: "argocd-cm", key: "exec.enabled" },
      {
        fact: "Argo CD opens shells in pods",
        fix: "set exec.enabled to false in argocd.settings of the stack's config, or take it out",
      },
    ),
});
