import { NETWORK_POLICY } from "../kinds";
import { at, listAt } from "../read";
import { stackRule } from "../rule";
import type { Subject } from "../rule";
import { guardSettings, unguarded } from "../project-namespaces";

export const namespaceDefaultDeny = stackRule({
  name: "namespace-default-deny",
  level: "mandatory",
  description: "In a project's namespace, all traffic is denied that no other NetworkPolicy allows.",
  reason: "Otherwise every pod of the cluster reaches the project's, and the project's reach everything.",
  source:
    "https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-ingress-and-all-egress-traffic",
  settings: guardSettings,
  checkStack: (subjects, { settings }) =>
    unguarded(subjects, deniesAll, settings, {
      fact: "no NetworkPolicy denies what is not allowed",
      fix: "add one that selects all pods, has the policyTypes Ingress and Egress, and no rules",
    }),
});

function deniesAll({ type, inputs }: Subject): boolean {
  if (type !== NETWORK_POLICY) return false;
  const types = listAt(inputs, "spec", "policyTypes");
  const selector = at(inputs, "spec", "podSelector");
  const hasRules = ["ingress", "egress"].some((way) => listAt(inputs, "spec", way).length > 0);
  return types.includes("Ingress") && types.includes("Egress") && !hasRules && selectsAll(selector);
}

function selectsAll(selector: unknown): boolean {
  const labels = at(selector, "matchLabels");
  return (
    (typeof labels !== "object" || labels === null || Object.keys(labels).length === 0) &&
    listAt(selector, "matchExpressions").length === 0
  );
}
