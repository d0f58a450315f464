import type { types } from "@pulumi/kubernetes";
import type { NetworkOpenings } from "../../model/project";

type Spec = types.input.networking.v1.NetworkPolicySpec;

/** One NetworkPolicy; all of a namespace add up, beginning with the one that closes everything. */
export interface NamedNetworkPolicy {
  readonly name: string;
  readonly spec: Spec;
}

/** The addresses on each node where NodeLocal DNS listens by default: Kubernetes' own, and Kubespray's. */
const NODE_LOCAL_DNS = ["169.254.20.10/32", "169.254.25.10/32"];

const DNS_PORTS = [
  { protocol: "UDP", port: 53 },
  { protocol: "TCP", port: 53 },
];

const ALL_PODS = {};

/** A namespace by its name: the API server sets this label on every one. */
function namespaceSelector(name: string) {
  return { matchLabels: { "kubernetes.io/metadata.name": name } };
}

/** The block of one address. */
function hostBlock(address: string): string {
  return `${address}/${address.includes(":") ? "128" : "32"}`;
}

/** Closes a namespace but for DNS, its own pods and the openings; none where all is to stay open. */
export function networkPolicies(openings: NetworkOpenings): NamedNetworkPolicy[] {
  const { ingressFromNamespaces, egressToCidrs, dnsAddresses = [], open = false } = openings;
  if (open) return [];
  return [
    { name: "default-deny", spec: { podSelector: ALL_PODS, policyTypes: ["Ingress", "Egress"] } },
    {
      name: "allow-dns",
      spec: {
        podSelector: ALL_PODS,
        policyTypes: ["Egress"],
        egress: [
          {
            to: [
              {
                namespaceSelector: namespaceSelector("kube-system"),
                podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
              },
              ...[...NODE_LOCAL_DNS, ...dnsAddresses.map(hostBlock)].map((cidr) => ({ ipBlock: { cidr } })),
            ],
            ports: DNS_PORTS,
          },
        ],
      },
    },
    {
      name: "allow-same-namespace",
      spec: {
        podSelector: ALL_PODS,
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [{ podSelector: ALL_PODS }] }],
        egress: [{ to: [{ podSelector: ALL_PODS }] }],
      },
    },
    ...(ingressFromNamespaces.length === 0
      ? []
      : [
          {
            name: "allow-ingress",
            spec: {
              podSelector: ALL_PODS,
              policyTypes: ["Ingress"],
              ingress: [
                { from: ingressFromNamespaces.map((name) => ({ namespaceSelector: namespaceSelector(name) })) },
              ],
            },
          },
        ]),
    ...(egressToCidrs.length === 0
      ? []
      : [
          {
            name: "allow-egress",
            spec: {
              podSelector: ALL_PODS,
              policyTypes: ["Egress"],
              egress: [{ to: egressToCidrs.map((cidr) => ({ ipBlock: { cidr } })) }],
            },
          },
        ]),
  ];
}
