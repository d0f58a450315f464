import { at, listAt, textAt } from "../../../policies/read";
import type { Inputs } from "../../preview/preview";
import { detail, fact, type Fact } from "../facts";
import { say } from "../phrase";
import { scalarAt } from "./values";

/** What every project has: told of only when it changes. */
const USUAL = new Set(["default-deny", "allow-dns", "allow-same-namespace"]);

/** Whom the pods may be reached by and reach. https://kubernetes.io/docs/concepts/services-networking/network-policies/ */
export function networkFacts(inputs: Inputs): Fact[] {
  const told = USUAL.has(textAt(inputs, "metadata", "name") ?? "") ? detail : fact;
  const { incoming, outgoing } = openings(inputs);
  return [...told(say`incoming traffic from`, incoming), ...told(say`outgoing traffic to`, outgoing)];
}

/** What a NetworkPolicy lets through, as texts: `namespace ingress-nginx`, `10.0.0.0/8, port 443`, `anywhere`. */
export function openings(inputs: Inputs | undefined): {
  readonly incoming: readonly string[];
  readonly outgoing: readonly string[];
} {
  return {
    incoming: listAt(inputs, "spec", "ingress").flatMap((rule) => peers(rule, "from")),
    outgoing: listAt(inputs, "spec", "egress").flatMap((rule) => peers(rule, "to")),
  };
}

function peers(rule: unknown, side: "from" | "to"): string[] {
  const ports = listAt(rule, "ports").map((port) => scalarAt(port, "port") ?? "any");
  const suffix = ports.length === 0 ? "" : `, port ${[...new Set(ports)].join(", ")}`;
  const found = listAt(rule, side);
  return (found.length === 0 ? ["anywhere"] : found.map(peerText)).map((peer) => `${peer}${suffix}`);
}

function peerText(peer: unknown): string {
  const cidr = textAt(peer, "ipBlock", "cidr");
  if (cidr !== undefined) return cidr;
  const namespaces = at(peer, "namespaceSelector");
  if (namespaces === undefined) return "pods of the namespace itself";
  const name = textAt(namespaces, "matchLabels", "kubernetes.io/metadata.name");
  if (name !== undefined) return `namespace ${name}`;
  return Object.keys(namespaces as object).length === 0 ? "all namespaces" : `namespaces ${JSON.stringify(namespaces)}`;
}
