import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it, vi } from "vitest";
import type { ClusterDnsArgs } from "../../../../components/dns/cluster-dns";
import { importedBlocks, patchCorefiles } from "../../../../components/dns/patch-corefiles";
import { kubeadm, nodelocaldns } from "../../corefile/examples";

const protobox = { zone: "protobox", to: ["10.0.0.2:53"], cacheSeconds: 30 };
const warn = vi.spyOn(pulumi.log, "warn").mockImplementation(() => Promise.resolve());

/** What the ConfigMaps become, by their names. */
function patch(cluster: Record<string, Record<string, string>>, args: Partial<ClusterDnsArgs> = {}): unknown {
  const lives = Object.entries(cluster).map(([name, data]) => ({
    target: { kind: "corefile", namespace: "kube-system", name, key: "Corefile" } as const,
    place: `kube-system/${name}`,
    data,
    labels: {},
  }));
  return patchCorefiles(lives, { forwards: [protobox], targets: [], ...args }, {} as pulumi.Resource);
}

describe("live Corefiles", () => {
  it("are judged together with the files that they import from the same ConfigMap", () => {
    const data = { Corefile: `import other\n${kubeadm}`, other: "protobox:53 {\n}\n" };
    expect(() => patch({ coredns: data })).toThrow(/comes from an import/);
  });

  it("are refused with the reasons of all of them, and without a stack trace", () => {
    const cluster = {
      coredns: { Corefile: "protobox:53 other:53 {\n}\n" },
      nodelocaldns: { Corefile: ".:53 {\n    errors\n" },
    };
    expect(() => patch(cluster)).toThrow(pulumi.RunError);
    expect(() => patch(cluster)).toThrow(/system\/coredns: 1:1: .*along with others[^]*system\/nodelocaldns: 1:6: /);
  });

  it.each(["169.254.25.10", "10.233.0.3:53"])("are not made to forward to the cluster's own DNS: %s", (to) => {
    const cluster = { coredns: { Corefile: kubeadm }, nodelocaldns: { Corefile: nodelocaldns } };
    expect(() => patch(cluster, { forwards: [{ ...protobox, to: [to] }] })).toThrow(/coredns: .*cluster's own DNS/);
  });

  it("are not made to forward to an address that we are told of", () => {
    expect(() => patch({ coredns: { Corefile: kubeadm } }, { clusterDnsAddresses: ["10.0.0.2"] })).toThrow(
      /cluster's own DNS/,
    );
  });

  it("have the cluster's domain and the plugins that we are told of", () => {
    const corefile = { coredns: { Corefile: ".:53 {\n  netbox\n}\n" } };
    expect(() => patch(corefile)).toThrow(/no plugin "netbox"/);
    expect(patch(corefile, { plugins: ["netbox"] })).toHaveProperty(["kube-system/coredns"]);
    expect(() => patch(corefile, { plugins: ["netbox"], clusterDomain: "protobox" })).toThrow(/away from the cluster/);
  });

  it("are missed by naming the keys that are there", () => {
    expect(() => patch({ coredns: { corefile: kubeadm } })).toThrow(
      /ConfigMap kube-system\/coredns: data\.Corefile: the ConfigMap has no such key\n {2}allowed: corefile/,
    );
    expect(() => patch({ coredns: {} })).toThrow(/no such key\n {2}fix/);
  });

  it("are warned of where an import cannot be seen", () => {
    warn.mockClear();
    patch({ coredns: { Corefile: `${kubeadm}import custom/*.server\n` } });
    expect(warn.mock.calls).toMatchObject([[expect.stringMatching(/not at hand/), {}]]);
  });
});

describe("our blocks for an imported ConfigMap", () => {
  it("are refused like the others, without a stack trace", () => {
    const forwards = [{ ...protobox, to: ["git.protobox"] }];
    expect(() => importedBlocks({ forwards, targets: [] }, "kube-system/custom")).toThrow(pulumi.RunError);
    expect(() => importedBlocks({ forwards, targets: [] }, "kube-system/custom")).toThrow(
      /system\/custom: .*host name/,
    );
  });
});
