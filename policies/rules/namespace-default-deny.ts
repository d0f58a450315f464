import { NETWORK_POLICY, NETWORK_POLICY_PATCH } from "../kinds";
import { demandingNamespaces, guardSettings, unguarded } from "../project-namespaces";
import type { GuardSettings } from "../project-namespaces";
import { at, listAt, nameOf, namespaceOf } from "../read";
import { stackRule } from "../rule";
import type { StackFinding, Subject } from "../rule";

export const namespaceDefaultDeny = stackRule({
  name: "namespace-default-deny",
  level: "mandatory",
  description: "In a project's namespace, all traffic is denied that no other NetworkPolicy allows.",
  reason: "Otherwise every pod of the cluster reaches the project's, and the project's reach everything.",
  source:
    "https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-ingress-and-all-egress-traffic",
  settings: guardSettings,
  checkStack: (subjects, { settings }) => [
    ...unguarded(subjects, deniesAll, settings, {
      fact: "no NetworkPolicy denies what is not allowed",
      fix: "add one that selects all pods, has the policyTypes Ingress and Egress, and no rules",
    }),
    ...openings(subjects, settings),
  ],
});

function deniesAll({ type, inputs }: Subject): boolean {
  if (type !== NETWORK_POLICY) return false;
  const types = listAt(inputs, "spec", "policyTypes");
  const selector = at(inputs, "spec", "podSelector");
  const hasRules = WAYS.some((way) => listAt(inputs, "spec", way).length > 0);
  return types.includes("Ingress") && types.includes("Egress") && !hasRules && selectsAll(selector);
}

const WAYS = ["ingress", "egress"] as const;

/** NetworkPolicies add up: one that allows everything takes away what the others deny. */
function openings(subjects: readonly Subject[], settings: GuardSettings): StackFinding[] {
  const names = new Set(demandingNamespaces(subjects, settings).map(({ inputs }) => nameOf(inputs)));
  return subjects
    .filter(({ type, inputs }) => POLICIES.includes(type) && names.has(namespaceOf(inputs)))
    .flatMap(({ urn, inputs }) =>
      WAYS.flatMap((way) =>
        listAt(inputs, "spec", way).flatMap((rule, index) =>
          allowsAll(rule, way)
            ? [
                {
                  urn,
                  path: `spec.${way}[${String(index)}]`,
                  fact: `the NetworkPolicy allows all ${way} of the namespace ${namespaceOf(inputs) ?? ""}`,
                  fix: "name whom it is for: a namespace by its labels, or a block of addresses; or the ports",
                },
              ]
            : [],
        ),
      ),
    );
}

const POLICIES: readonly string[] = [NETWORK_POLICY, NETWORK_POLICY_PATCH];

/** Whether a rule without ports is for everybody, or for the pods of all namespaces. */
function allowsAll(rule: unknown, way: (typeof WAYS)[number]): boolean {
  if (listAt(rule, "ports").length > 0) return false;
  const peers = listAt(rule, way === "ingress" ? "from" : "to");
  return peers.length === 0 || peers.some(isEveryNamespace);
}

function isEveryNamespace(peer: unknown): boolean {
  const namespaces = at(peer, "namespaceSelector");
  return namespaces !== undefined && selectsAll(namespaces) && selectsAll(at(peer, "podSelector"));
}

function selectsAll(selector: unknown): boolean {
  return (
    Object.keys(at(selector, "matchLabels") ?? {}).length === 0 && listAt(selector, "matchExpressions").length === 0
  );
}
