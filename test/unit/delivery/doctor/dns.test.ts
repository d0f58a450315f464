import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { judgeDns, targetsToWrite } from "../../../../delivery/doctor/dns";
import { gatherDns, providerOf, type ConfigMap, type DnsFacts } from "../../../../delivery/doctor/dns-facts";
import type { Looked } from "../../../../delivery/cluster/cluster-api";
import type { Platform } from "../../../../model/platform";
import { load, stack } from "../../model/workspace";
import { fakeApi } from "./fake-api";

const fixtures = join(__dirname, "..", "..", "..", "..", "lab", "fixtures");

/** What an installer leaves behind, as the lab has it. */
function fixture(installer: string, name: string): ConfigMap {
  return parse(readFileSync(join(fixtures, installer, `${name}.yaml`), "utf8")) as ConfigMap;
}

const COREDNS = fixture("kubespray", "coredns");
const CACHE = fixture("kubespray", "nodelocaldns");

/** The Corefile of k3s and AKS, as far as it matters here. */
const IMPORTING = `.:53 {
    errors
    kubernetes cluster.local
    forward . /etc/resolv.conf
    reload
    import /etc/coredns/custom/*.override
}
import /etc/coredns/custom/*.server
`;

function labelled(configMap: ConfigMap, labels: Record<string, string>, data = configMap.data): ConfigMap {
  return { metadata: { ...configMap.metadata, labels }, ...(data && { data }) };
}

function facts(found: Record<string, Looked<ConfigMap>>, more: Partial<DnsFacts> = {}): DnsFacts {
  const configMaps = Object.entries(found).map(([name, one]) => [`kube-system/${name}`, one] as const);
  return { configMaps: new Map(configMaps), addresses: [], nodes: [], ...more };
}

function dns(targets: string, to = "10.0.0.53"): Platform["dns"] {
  return load(stack(`dns:\n  forwards: [{ zone: protobox, to: ["${to}"] }]\n  targets: ${targets}`)).platform.dns;
}

function problems(found: DnsFacts, settings: Platform["dns"]) {
  return judgeDns(found, settings).filter(({ severity }) => severity !== "ok");
}

describe("The cluster's DNS", () => {
  it("of Kubespray with both Corefiles targeted is well, and what would change is told", () => {
    const findings = judgeDns(
      facts({ coredns: COREDNS, nodelocaldns: CACHE }, { addresses: ["10.233.0.3"] }),
      dns("[coredns, nodelocaldns]"),
    );
    expect(findings).toEqual([
      {
        check: "dns",
        severity: "ok",
        message:
          "the cluster's DNS is CoreDNS (kube-system/coredns) with a NodeLocal cache (kube-system/nodelocaldns), asked at 10.233.0.3",
      },
      { check: "dns", severity: "ok", message: "kube-system/coredns can be patched: protobox added" },
      { check: "dns", severity: "ok", message: "kube-system/nodelocaldns can be patched: protobox added" },
    ]);
  });

  it("with a NodeLocal cache that is no target would not find the forwards", () => {
    expect(problems(facts({ coredns: COREDNS, nodelocaldns: CACHE }), dns("[coredns]"))).toEqual([
      {
        check: "dns",
        severity: "error",
        message:
          "pods ask the NodeLocal cache (kube-system/nodelocaldns) first, and it is no target: the forwards would not be found",
        fix: "set gitops-factory:dns.targets to [coredns, nodelocaldns]",
      },
    ]);
  });

  it("of the addon node-local-dns takes private zones by other means, which is told until it is done", () => {
    const template = {
      metadata: { name: "node-local-dns" },
      data: { Corefile: ".:53 {\n  forward . __PILLAR__UPSTREAM__SERVERS__\n}\n" },
    };
    const found = { coredns: COREDNS, "node-local-dns": template };
    expect(targetsToWrite(facts(found))).toBe("[coredns]");
    expect(problems(facts(found), dns("[coredns]"))).toMatchObject([
      {
        severity: "error",
        fix: expect.stringContaining("add protobox to stubDomains in the ConfigMap kube-system/kube-dns") as string,
      },
    ]);
    expect(problems(facts(found), dns("[coredns, node-local-dns]"))).toMatchObject([
      { severity: "error", message: expect.stringContaining("is a template") as string },
      { severity: "error", fix: expect.stringContaining("stubDomains") as string },
    ]);
    const stubs = { metadata: { name: "kube-dns" }, data: { stubDomains: '{"protobox": ["10.0.0.53"]}' } };
    expect(problems(facts({ ...found, "kube-dns": stubs }), dns("[coredns]"))).toEqual([]);
  });

  it("that lacks a target is refused before the update finds out", () => {
    expect(problems(facts({ coredns: COREDNS, nodelocaldns: "absent" }), dns("[coredns, nodelocaldns]"))).toMatchObject(
      [
        {
          severity: "error",
          message: "the target kube-system/nodelocaldns is not there",
          fix: "set gitops-factory:dns.targets to [coredns]",
        },
      ],
    );
  });

  it.each([
    [{ "addonmanager.kubernetes.io/mode": "Reconcile" }, "the cluster's addon manager"],
    [{ "objectset.rio.cattle.io/hash": "abc" }, "k3s, when it starts,"],
  ])("that is put back (%j) is warned of", (labels, who) => {
    const [finding, ...others] = problems(facts({ coredns: labelled(COREDNS, labels) }), dns("[coredns]"));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ severity: "warning", fix: expect.stringContaining("EnsureExists") as string });
    expect(finding?.message).toContain(who);
  });

  it("of k3s, which imports server blocks, is to be given these instead", () => {
    const k3s = labelled(COREDNS, { "objectset.rio.cattle.io/hash": "abc" }, { Corefile: IMPORTING });
    const found = facts({ coredns: k3s, "coredns-custom": "absent" }, { gitVersion: "v1.33.1+k3s1" });
    expect(targetsToWrite(found)).toBe("[{ kind: custom, name: coredns-custom }]");
    expect(problems(found, dns("[coredns]"))[0]?.fix).toBe(
      "set gitops-factory:dns.targets to [{ kind: custom, name: coredns-custom }]",
    );
    expect(problems(found, dns("[{ kind: custom, name: coredns-custom }]"))).toEqual([]);
  });

  it("does not read a coredns-custom that no Corefile imports", () => {
    expect(
      problems(
        facts({ coredns: COREDNS, "coredns-custom": "absent" }),
        dns("[{ kind: custom, name: coredns-custom }]"),
      ),
    ).toMatchObject([{ severity: "error", message: expect.stringContaining("no Corefile imports") as string }]);
  });

  it("of GKE is no CoreDNS", () => {
    const kubeDns = { metadata: { name: "kube-dns" } };
    const found = facts({ coredns: "absent", "kube-dns": kubeDns }, { gitVersion: "v1.33.1-gke.100" });
    expect(judgeDns(found, dns("[coredns]"))).toMatchObject([
      { severity: "ok", message: "the cluster's DNS on GKE is kube-dns (kube-system/kube-dns)" },
      { severity: "error", fix: expect.stringContaining("stubDomains") as string },
    ]);
  });

  it("refuses a forward to itself, as the update would", () => {
    const found = facts({ coredns: COREDNS }, { addresses: ["10.233.0.3"] });
    const [finding] = problems(found, dns("[coredns]", "10.233.0.3"));
    expect(finding).toMatchObject({ severity: "error" });
    expect(finding?.message).toContain("(found: 10.233.0.3:53)");
  });

  it("refuses a Corefile that CoreDNS would not read", () => {
    const broken = { ...COREDNS, data: { Corefile: ".:53 {\n  errors\n" } };
    expect(problems(facts({ coredns: broken }), dns("[coredns]"))).toMatchObject([{ severity: "error" }]);
  });

  it("is warned of when it does not reload", () => {
    const still = { ...COREDNS, data: { Corefile: ".:53 {\n  kubernetes cluster.local\n}\n" } };
    expect(problems(facts({ coredns: still }), dns("[coredns]"))).toMatchObject([
      { severity: "warning", message: expect.stringContaining("no plugin reload") as string },
    ]);
  });

  it("has a key for the Corefile", () => {
    const other = { ...COREDNS, data: { corefile: "" } };
    expect(problems(facts({ coredns: other }), dns("[coredns]"))).toMatchObject([
      { severity: "error", message: "kube-system/coredns has no key Corefile; it has corefile" },
    ]);
  });

  it("gives the targets to write to a stack that says nothing of it", () => {
    expect(problems(facts({ coredns: COREDNS, nodelocaldns: CACHE }), undefined)).toMatchObject([
      { severity: "note", message: expect.stringContaining("targets: [coredns, nodelocaldns]") as string },
    ]);
  });

  it("is not claimed to be anything where its ConfigMaps may not be read", () => {
    expect(judgeDns(facts({ coredns: "hidden" }), dns("[coredns]"))).toMatchObject([
      { severity: "note", message: expect.stringContaining("you may not read") as string },
    ]);
  });
});

describe("What is known of the cluster's DNS", () => {
  it("are the ConfigMaps and the addresses of its Service", async () => {
    const api = fakeApi({
      "/api/v1/namespaces/kube-system/configmaps/coredns": COREDNS,
      "/api/v1/namespaces/kube-system/configmaps/nodelocaldns": 403,
      "/api/v1/namespaces/kube-system/services?labelSelector=k8s-app%3Dkube-dns": {
        items: [{ spec: { clusterIPs: ["10.96.0.10", "fd00::10"] } }, { spec: { clusterIPs: ["None"] } }],
      },
    });
    const { configMaps, addresses } = await gatherDns(load().platform, api, { nodes: [] });
    expect(addresses).toEqual(["10.96.0.10", "fd00::10"]);
    expect(configMaps.get("kube-system/coredns")).toBe(COREDNS);
    expect(configMaps.get("kube-system/nodelocaldns")).toBe("hidden");
    expect(configMaps.get("kube-system/coredns-custom")).toBe("absent");
  });

  it.each([
    ["v1.33.1-eks-a1b2", "EKS"],
    ["v1.33.1-gke.100", "GKE"],
    ["v1.33.1+k3s1", "k3s"],
    ["v1.33.1+rke2r1", "RKE2"],
    ["v1.33.1", undefined],
  ])("is whose cluster it is, by its version %s", (gitVersion, provider) => {
    expect(providerOf({ gitVersion, nodes: [] })).toBe(provider);
  });

  it("is that it is AKS's, by a label of its nodes", () => {
    const node = { metadata: { name: "n", labels: { "kubernetes.azure.com/cluster": "c" } } };
    expect(providerOf({ nodes: [node] })).toBe("AKS");
  });
});
