import { describe, expect, it } from "vitest";
import { networkPolicies } from "../../../../components/project/network-policies";

const CLOSED = { ingressFromNamespaces: [], egressToCidrs: [] };

describe("a project's network policies", () => {
  it("begin by closing every pod in both directions", () => {
    expect(networkPolicies(CLOSED)[0]).toEqual({
      name: "default-deny",
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    });
  });

  it("open the addresses of the cluster's DNS, which NodeLocal DNS may answer on the node", () => {
    const [, dns] = networkPolicies({ ...CLOSED, dnsAddresses: ["10.96.0.10", "fd00::a"] });
    const [rule] = dns?.spec.egress as unknown as readonly { to: readonly { ipBlock?: { cidr: string } }[] }[];
    expect(rule?.to.flatMap(({ ipBlock }) => ipBlock?.cidr ?? [])).toEqual([
      "169.254.20.10/32",
      "169.254.25.10/32",
      "10.96.0.10/32",
      "fd00::a/128",
    ]);
  });

  it("open no more than DNS and the namespace itself", () => {
    const [, dns, same, ...others] = networkPolicies(CLOSED);
    expect(others).toEqual([]);
    expect(dns).toEqual({
      name: "allow-dns",
      spec: {
        podSelector: {},
        policyTypes: ["Egress"],
        egress: [
          {
            to: [
              {
                namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
                podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
              },
              { ipBlock: { cidr: "169.254.20.10/32" } },
              { ipBlock: { cidr: "169.254.25.10/32" } },
            ],
            ports: [
              { protocol: "UDP", port: 53 },
              { protocol: "TCP", port: 53 },
            ],
          },
        ],
      },
    });
    expect(same).toEqual({
      name: "allow-same-namespace",
      spec: {
        podSelector: {},
        policyTypes: ["Ingress", "Egress"],
        ingress: [{ from: [{ podSelector: {} }] }],
        egress: [{ to: [{ podSelector: {} }] }],
      },
    });
  });

  it("let the named namespaces in", () => {
    const policies = networkPolicies({ ...CLOSED, ingressFromNamespaces: ["ingress-nginx", "monitoring"] });
    expect(policies.slice(3)).toEqual([
      {
        name: "allow-ingress",
        spec: {
          podSelector: {},
          policyTypes: ["Ingress"],
          ingress: [
            {
              from: [
                { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress-nginx" } } },
                { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } } },
              ],
            },
          ],
        },
      },
    ]);
  });

  it("let pods out to the named blocks", () => {
    const policies = networkPolicies({ ...CLOSED, egressToCidrs: ["10.0.0.0/8", "2001:db8::/32"] });
    expect(policies.slice(3)).toEqual([
      {
        name: "allow-egress",
        spec: {
          podSelector: {},
          policyTypes: ["Egress"],
          egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/8" } }, { ipBlock: { cidr: "2001:db8::/32" } }] }],
        },
      },
    ]);
  });
});
