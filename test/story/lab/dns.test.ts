import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LabHost } from "../../../lab/network/lab-network";
import { startParts } from "../../../lab/parts/start-parts";
import { RecordFolder } from "../../../lab/process";
import { DnsLab } from "../support/dns-lab";
import type { DnsServer } from "../support/dns-query";
import { addName } from "../support/dnsmasq-names";

const parts = ["dns", "dnsmasq", "consul"] as const;
let lab: DnsLab;

beforeAll(async () => {
  lab = await DnsLab.start(parts);
});

afterAll(async () => {
  await lab.dispose();
});

const host = (name: LabHost): string => lab.host(name);
const server = (name: LabHost, port?: number): DnsServer => lab.server(name, port);

/** Puts text behind the Corefile of a ConfigMap, as somebody would by hand; gives back the Corefile before. */
async function append(configMap: string, text: string): Promise<string> {
  const before = await lab.corefile(configMap);
  await write(configMap, `${before}\n${text}`);
  return before;
}

async function write(configMap: string, text: string): Promise<void> {
  const patch = JSON.stringify({ data: { Corefile: text } });
  await lab.kubectl(["patch", "configmap", configMap, "-n", "kube-system", "-p", patch]);
}

const forward = (to: string, zone: string): string => `${zone}:53 {\n    errors\n    cache 1\n    forward . ${to}\n}\n`;

describe("the DNS of a lab", () => {
  it("says where its servers are", () => {
    expect(lab.addresses.map(({ what, address }) => `${what} ${address}`)).toEqual([
      `the cluster's DNS ${host("clusterDns")}:53`,
      `NodeLocal DNS ${host("nodeLocalDns")}:53`,
      `dnsmasq (git.protobox) ${host("dnsmasq")}:53`,
      `Consul's DNS (git.service.consul) ${host("consul")}:8600`,
      `Consul http://${host("consul")}:8500`,
    ]);
  });

  it.each(["clusterDns", "nodeLocalDns"] as const)("knows the cluster's Services at once: %s", async (name) => {
    expect(await server(name).lookup("kubernetes.default.svc.cluster.local")).toEqual(["10.233.0.1"]);
    expect(await server(name).lookup("coredns.kube-system.svc.cluster.local")).toEqual(["10.233.0.3"]);
    expect(await server(name).lookup("none.kube-system.svc.cluster.local")).toBe("ENOTFOUND");
  });

  it("learns of a Service that is made while it runs", async () => {
    const cache = server("clusterDns");
    await lab.kubectl(["create", "service", "clusterip", "later", "--clusterip=10.233.0.77", "--tcp=80:80"]);
    await cache.until("later.default.svc.cluster.local", "10.233.0.77");
  });

  it.each(["upstreamDns", "clusterDns", "nodeLocalDns"] as const)("knows no private name before: %s", async (name) => {
    expect(await server(name).lookup("git.protobox")).toBe("ENOTFOUND");
    expect(await server(name).lookup("git.service.consul")).toBe("ENOTFOUND");
    expect(await server(name).lookup("example.org")).toBe("ENOTFOUND");
  });

  it("has a dnsmasq that knows git.protobox, the names that are added to it, and no others", async () => {
    const dnsmasq = server("dnsmasq");
    expect(await dnsmasq.lookup("git.protobox")).toEqual([host("git")]);
    expect(await dnsmasq.lookup("wiki.protobox")).toBe("ENOTFOUND");
    expect(await dnsmasq.lookup("kubernetes.default.svc.cluster.local")).toBe("ENOTFOUND");
    addName(lab.stateDir, "wiki.protobox", host("git"));
    await dnsmasq.until("wiki.protobox", host("git"));
  });

  it("has a Consul whose service git is healthy without a check, and whose answers are not kept", async () => {
    const consul = server("consul", 8600);
    expect(await consul.lookup("git.service.consul")).toEqual([host("git")]);
    expect(await consul.timeToLive("git.service.consul")).toBe(0);
    expect(await consul.lookup("none.service.consul")).toBe("ENOTFOUND");
    expect(await consul.lookup("git.protobox")).toBe("EREFUSED");
    const answer = await fetch(`http://${host("consul")}:8500/v1/health/service/git?passing`);
    expect(await answer.json()).toMatchObject([{ Service: { Port: 80, Address: host("git") } }]);
  });
});

describe("a forward that is put into a Corefile by hand", () => {
  it("is obeyed by the cluster's DNS within moments, but not by NodeLocal DNS, which asks elsewhere", async () => {
    const before = await append(
      "coredns",
      forward("10.0.0.53:53", "protobox") + forward("10.0.0.54:8600", "service.consul"),
    );
    await server("clusterDns").until("git.protobox", host("git"));
    await server("clusterDns").until("git.service.consul", host("git"));
    expect(await server("clusterDns").lookup("kubernetes.default.svc.cluster.local")).toEqual(["10.233.0.1"]);
    expect(await server("nodeLocalDns").lookup("git.protobox")).toBe("ENOTFOUND");
    await write("coredns", before);
    await server("clusterDns").until("git.protobox", "ENOTFOUND");
  });

  it("is obeyed by NodeLocal DNS when it is in its Corefile, with its bind", async () => {
    const block = forward("10.0.0.53:53", "protobox").replace("{\n", "{\n    bind 169.254.25.10\n");
    const before = await append("nodelocaldns", block);
    await server("nodeLocalDns").until("git.protobox", host("git"));
    await write("nodelocaldns", before);
    await server("nodeLocalDns").until("git.protobox", "ENOTFOUND");
  });

  it("is refused when it is wrong, and CoreDNS goes on with what it had", async () => {
    const before = await append("coredns", forward("10.0.0.53:53", "protobox"));
    await server("clusterDns").until("git.protobox", host("git"));
    await append("coredns", forward("10.0.0.54:8600", "protobox"));
    await lab.untilLogged("coredns", /cannot serve dns:\/\/protobox/);
    expect(await server("clusterDns").lookup("git.protobox")).toEqual([host("git")]);
    await write("coredns", before);
    await server("clusterDns").until("git.protobox", "ENOTFOUND");
  });

  it("may stand in coredns-custom where the Corefile imports it", async () => {
    const before = await append("coredns", "import custom/*.server\n");
    const file = `--from-literal=protobox.server=${forward("10.0.0.53:53", "protobox")}`;
    await lab.kubectl(["create", "configmap", "coredns-custom", "-n", "kube-system", file]);
    await server("clusterDns").until("git.protobox", host("git"));
    await lab.kubectl(["delete", "configmap", "coredns-custom", "-n", "kube-system"]);
    await server("clusterDns").until("git.protobox", "ENOTFOUND");
    await write("coredns", before);
  });
});

describe("the processes of the DNS", () => {
  it("are kept by another start", async () => {
    const pids = (): number[] => new RecordFolder(lab.layout.records).list().map(({ identity }) => identity.pid);
    const before = pids();
    await startParts({ stateDir: lab.stateDir, parts });
    expect(pids()).toEqual(before);
  });

  it("run without NodeLocal DNS where the cluster has none", async () => {
    const other = await DnsLab.start(["dns"], "kubeadm");
    try {
      expect(other.addresses.map(({ what }) => what)).toEqual(["the cluster's DNS"]);
      const known = await other.server("clusterDns").lookup("kube-dns.kube-system.svc.cluster.local");
      expect(known).toEqual(["10.96.0.10"]);
    } finally {
      await other.dispose();
    }
  });
});
