import { describe, expect, it } from "vitest";
import { reconcileCorefile, type ReconcileOptions } from "../../../corefile";
import { askedAt, serverBlocks } from "../../../corefile";
import type { DnsForward } from "../../../model/platform";
import { UserError, type Problem } from "../../../model/problem";
import { kubeadm, nodelocaldns } from "./examples";

function problemsOf(forward: Partial<DnsForward>, options?: ReconcileOptions, text = kubeadm): readonly Problem[] {
  const whole = { zone: "protobox", to: ["10.0.0.2:53"], cacheSeconds: 30, ...forward };
  try {
    reconcileCorefile(text, [whole], options);
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
  return [];
}

describe("a forward is refused, with the value and what is allowed,", () => {
  it.each([
    ["without an address", { to: [] }, "[]", /no address to forward to/],
    ["to a host name", { to: ["git.protobox:53"] }, "git.protobox:53", /host name/],
    ["to half an address", { to: ["10.0.0:53"] }, "10.0.0:53", /no address/],
    ["to an IPv6 address that is none", { to: ["[fd00::1::2]:53"] }, "[fd00::1::2]:53", /no address/],
    [
      "to an IPv6 address whose port has no brackets before it",
      { to: ["fd00:1:2:3:4:5:6:7:53"] },
      "fd00:1:2:3:4:5:6:7:53",
      /no address/,
    ],
    ["to port zero", { to: ["10.0.0.2:0"] }, "10.0.0.2:0", /port/],
    ["to a port out of range", { to: ["10.0.0.2:65536"] }, "10.0.0.2:65536", /port/],
    ["to a URL", { to: ["tls://9.9.9.9"] }, "tls://9.9.9.9", /no address/],
    ["to the same address twice", { to: ["10.0.0.2", "10.0.0.2:53"] }, "10.0.0.2:53", /twice/],
    ["to CoreDNS itself", { to: ["127.0.0.1"] }, "127.0.0.1", /come back/],
    ["to CoreDNS itself over IPv6", { to: ["[::1]:53"] }, "[::1]:53", /come back/],
    ["to no particular machine", { to: ["0.0.0.0:53"] }, "0.0.0.0:53", /own machine/],
    ["to a group of machines", { to: ["224.0.0.251:5353"] }, "224.0.0.251:5353", /no server/],
    [
      "to sixteen addresses",
      { to: Array.from({ length: 16 }, (_, n) => `10.0.1.${String(n)}`) },
      "16",
      /more addresses/,
    ],
    ["for the root zone", { zone: "." }, ".", /all of the cluster's DNS/],
    ["for no zone", { zone: "" }, "", /all of the cluster's DNS/],
    ["for the cluster's domain", { zone: "Cluster.Local." }, "Cluster.Local.", /away from the cluster/],
    [
      "for a zone within the cluster's domain",
      { zone: "svc.cluster.local" },
      "svc.cluster.local",
      /away from the cluster/,
    ],
    ["for a zone that holds the cluster's domain", { zone: "local" }, "local", /away from the cluster/],
    ["for all reverse zones", { zone: "in-addr.arpa" }, "in-addr.arpa", /away from the cluster/],
    ["for a zone with a space", { zone: "a b" }, "a b", /no zone/],
    ["for a zone with a brace", { zone: "a{" }, "a{", /no zone/],
    ["for a zone with an empty label", { zone: "a..b" }, "a..b", /no zone/],
    ["for a zone with a port", { zone: "protobox:53" }, "protobox:53", /no zone/],
    ["for a zone with an environment variable", { zone: "{$ZONE}" }, "{$ZONE}", /no zone/],
    ["for a comment", { zone: "#x" }, "#x", /no zone/],
    ["with a cache of zero seconds", { cacheSeconds: 0 }, "0", /cache time/],
    ["with a cache of half a second", { cacheSeconds: 0.5 }, "0.5", /cache time/],
  ] as const)("%s", (_, forward, value, message) => {
    const [problem, ...more] = problemsOf(forward);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ severity: "error", file: "Corefile", value });
    expect(problem?.path).toMatch(/^zone /);
    expect(problem?.message).toMatch(message);
    expect(problem?.allowed).toBeTruthy();
  });

  it("when the zone is there twice", () => {
    const forward = { zone: "a", to: ["10.0.0.2"], cacheSeconds: 30 };
    expect(() => reconcileCorefile(kubeadm, [forward, { ...forward, zone: "A." }])).toThrow(/forwarded twice/);
  });

  it("to an address at which the cluster's own DNS is asked", () => {
    const options = { clusterDnsAddresses: ["10.96.0.10"] };
    expect(problemsOf({ to: ["10.96.0.10:53"] }, options)[0]?.message).toMatch(/cluster's own DNS/);
    expect(problemsOf({ to: ["[::ffff:10.96.0.10]:5353"] }, options)[0]?.message).toMatch(/cluster's own DNS/);
  });

  it("to an address that the Corefile binds", () => {
    expect(problemsOf({ to: ["169.254.25.10"] }, {}, nodelocaldns)[0]?.message).toMatch(/come back/);
  });

  it("for another cluster domain, when it is told or served", () => {
    expect(problemsOf({ zone: "k8s.corp" }, { clusterDomain: "k8s.corp" })).toHaveLength(1);
    expect(problemsOf({ zone: "corp" }, {}, kubeadm.replaceAll("cluster.local", "k8s.corp"))).toHaveLength(1);
  });

  it("with all its problems at once", () => {
    expect(problemsOf({ zone: "a b", to: ["x", "10.0.0.2:0"], cacheSeconds: -1 })).toHaveLength(4);
  });
});

describe("a forward is accepted", () => {
  it.each([
    [{ to: ["10.0.0.2", "[fd00::2]:8600", "fd00::3"] }],
    [{ zone: "168.192.in-addr.arpa" }],
    [{ zone: "10.1.0.0/16" }],
    [{ zone: "service.consul" }],
    [{ zone: "_tcp.example-1.org" }],
  ])("%j", (forward) => {
    expect(problemsOf(forward)).toEqual([]);
  });

  it("for a zone that holds the cluster's domain, where that has a server block of its own", () => {
    expect(problemsOf({ zone: "local" }, {}, nodelocaldns)).toEqual([]);
  });

  it("with a warning to loopback on another port, which is the pod itself", () => {
    const { warnings } = reconcileCorefile(kubeadm, [{ zone: "a", to: ["127.0.0.1:8600"], cacheSeconds: 30 }]);
    expect(warnings).toMatchObject([{ severity: "warning", path: "zone a", value: "127.0.0.1:8600" }]);
  });

  it("with a warning on a port that the cluster does not ask", () => {
    const { text, warnings } = reconcileCorefile(kubeadm, [{ zone: "a", to: ["10.0.0.2"], cacheSeconds: 30 }], {
      port: 54,
    });
    expect(text).toContain("\na:54 {\n");
    expect(warnings).toMatchObject([{ severity: "warning", value: "54", allowed: "53" }]);
  });
});

describe("the server blocks for an imported file", () => {
  it("are ours alone, and none without forwards", () => {
    expect(serverBlocks([{ zone: "a", to: ["10.0.0.2:53"], cacheSeconds: 5 }])).toBe(
      "# managed by gitops-factory\na:53 {\n    errors\n    cache 5\n    forward . 10.0.0.2:53\n}\n",
    );
    expect(serverBlocks([])).toBe("");
  });
});

describe("where a cluster's DNS is asked", () => {
  it("is told by what a node-local cache binds and where it sends the cluster's names", () => {
    expect(askedAt(nodelocaldns)).toEqual(["10.233.0.3", "169.254.25.10"]);
    expect(askedAt(nodelocaldns.replaceAll("10.233.0.3", "fd00::a"))).toEqual(["169.254.25.10", "fd00:0:0:0:0:0:0:a"]);
    expect(askedAt(kubeadm)).toEqual([]);
    expect(askedAt("broken {")).toEqual([]);
  });
});
