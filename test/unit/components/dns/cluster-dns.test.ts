import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ClusterDns, type ClusterDnsArgs } from "../../../../components/dns/cluster-dns";
import { kubeadm, nodelocaldns } from "../../corefile/examples";

interface LiveConfigMap {
  readonly data?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
}

/** The ConfigMaps of the cluster, by `namespace/name`. */
let cluster: Record<string, LiveConfigMap>;
let registered: pulumi.runtime.MockResourceArgs[];
/** The options that children were declared with, by name. */
let options: Record<string, pulumi.CustomResourceOptions>;
const warn = vi.spyOn(pulumi.log, "warn").mockImplementation(() => Promise.resolve());

beforeEach(async () => {
  cluster = { "kube-system/coredns": { data: { Corefile: kubeadm } } };
  registered = [];
  options = {};
  warn.mockClear();
  await pulumi.runtime.setMocks({
    newResource(args) {
      registered.push(args);
      if (args.type !== "kubernetes:core/v1:ConfigMap") return { id: `${args.name}-id`, state: args.inputs };
      const live = cluster[args.id ?? ""];
      if (live === undefined) throw new Error(`resource '${args.id ?? ""}' does not exist`);
      return { id: args.id ?? "", state: { data: live.data, metadata: { labels: live.labels } } };
    },
    call(args) {
      throw new Error(`unexpected call of ${args.token}`);
    },
  });
});

afterEach(() => {
  expect(registered.filter(({ type }) => !/ClusterDns|ConfigMap(Patch)?$/.test(type))).toEqual([]);
});

const coredns = { kind: "corefile", namespace: "kube-system", name: "coredns", key: "Corefile" } as const;
const nodeLocal = { ...coredns, name: "nodelocaldns" };
const protobox = { zone: "protobox", to: ["10.0.0.2:53"], cacheSeconds: 30 };
const block = "# managed by gitops-factory\nprotobox:53 {\n    errors\n    cache 30\n    forward . 10.0.0.2:53\n}\n";

/** Declares the component and waits for the Corefiles. */
async function declare(args: Partial<ClusterDnsArgs>): Promise<Record<string, string>> {
  const before = patches().length;
  const record: pulumi.ResourceTransformation = (child) => {
    options[child.name] = child.opts;
    return undefined;
  };
  const dns = new ClusterDns(
    "dns",
    { forwards: [protobox], targets: [coredns], ...args },
    { transformations: [record] },
  );
  const texts = await new Promise<Record<string, string>>((resolve, reject) => {
    const output = dns.corefiles as unknown as { promise(): Promise<Record<string, string>> };
    output.promise().then(resolve, reject);
  });
  // The patches are registered some turns of the event loop after their inputs are known.
  await vi.waitFor(() => {
    expect(patches()).toHaveLength(before + (args.targets ?? [coredns]).length);
  }, 30_000);
  return texts;
}

function patches(): pulumi.runtime.MockResourceArgs[] {
  return registered.filter(({ type }) => type === "kubernetes:core/v1:ConfigMapPatch");
}

describe("the cluster's DNS", () => {
  it("is patched in one key, by force, under a fixed field manager, and keeps the key when the patch goes", async () => {
    await declare({});
    const [patch] = patches();
    expect(patch?.name).toBe("dns-kube-system-coredns");
    expect(patch?.inputs).toMatchObject({
      metadata: {
        namespace: "kube-system",
        name: "coredns",
        annotations: { "pulumi.com/patchForce": "true", "pulumi.com/patchFieldManager": "gitops-factory-dns" },
      },
      data: { Corefile: kubeadm + block },
    });
    expect(Object.keys(patch?.inputs["data"] as object)).toEqual(["Corefile"]);
    expect(options["dns-kube-system-coredns"]?.retainOnDelete).toBe(true);
  });

  it("is left alone in a second run", async () => {
    const first = await declare({});
    cluster["kube-system/coredns"] = { data: { Corefile: first["kube-system/coredns"] ?? "" } };
    expect(await declare({})).toEqual(first);
  });

  it("loses the server block with the forward, and nothing else", async () => {
    cluster["kube-system/coredns"] = { data: { Corefile: `# edited by others\n${kubeadm}${block}` } };
    expect(await declare({ forwards: [] })).toEqual({ "kube-system/coredns": `# edited by others\n${kubeadm}` });
  });

  it("is patched on several ConfigMaps, each in its own way", async () => {
    cluster["kube-system/nodelocaldns"] = { data: { Corefile: nodelocaldns } };
    const texts = await declare({ targets: [coredns, nodeLocal] });
    expect(texts["kube-system/coredns"]).toBe(kubeadm + block);
    expect(texts["kube-system/nodelocaldns"]).toContain("    bind 169.254.25.10\n    forward . 10.0.0.2:53\n");
  });

  it("gets one key of our own in a ConfigMap that CoreDNS imports, which goes with the stack", async () => {
    const custom = {
      kind: "custom",
      namespace: "kube-system",
      name: "coredns-custom",
      key: "gitops-factory.server",
    } as const;
    await declare({ targets: [custom] });
    expect(patches()[0]?.inputs).toMatchObject({ data: { "gitops-factory.server": block } });
    expect(options["dns-kube-system-coredns-custom"]?.retainOnDelete).toBeUndefined();
    expect(registered.some(({ type }) => type === "kubernetes:core/v1:ConfigMap")).toBe(false);
  });
});

describe("a ConfigMap that someone puts back", () => {
  it.each([
    ["addonmanager.kubernetes.io/mode", "Reconcile", true],
    ["addonmanager.kubernetes.io/mode", "EnsureExists", false],
    ["objectset.rio.cattle.io/hash", "bce283298811743a0386ab510f2f67ef74240c57", true],
    ["k8s-app", "kube-dns", false],
  ])("is warned of by its label: %s: %s", async (label, value, warned) => {
    cluster["kube-system/coredns"] = { data: { Corefile: kubeadm }, labels: { [label]: value } };
    await declare({});
    expect(warn).toHaveBeenCalledTimes(warned ? 1 : 0);
    if (warned) expect(warn.mock.calls[0]?.[0]).toMatch(/will revert our change\. Instead, use .*custom/);
  });
});
