import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ensureTools } from "../../lab/toolchain";
import { CoreDns, freePort } from "./support/coredns";
import { Factory } from "./support/factory";
import { inventory } from "./support/inventory";
import { managedBlocks } from "./support/managed-blocks";
import { objectChanges, succeeded } from "./support/pulumi-run";

const COREFILES = ["coredns", "nodelocaldns"] as const;
const NAMESPACES = ["acme-shop-dev-6293", "ministere-demarches-dev-6293", "protobox1-docserver-dev-6293"];
const FORWARDS = { protobox: "10.0.0.53:53", "service.consul": "10.0.0.54:8600" };

/** The Corefile that the cluster's installer has made. */
function original(name: string): string {
  const file = join(__dirname, "..", "..", "lab", "fixtures", "kubespray", `${name}.yaml`);
  return (parse(readFileSync(file, "utf8")) as { data: { Corefile: string } }).data.Corefile;
}

/** The steps build on one another: the factory comes up, may not go, goes, comes up again and leaves its projects. */
describe("A destroyed factory leaves the cluster as it was, and its DNS working", { timeout: 900_000 }, () => {
  let factory: Factory;
  let before: string[];

  beforeAll(async () => {
    factory = await Factory.start();
    before = await inventory(factory);
    factory.program.config(["deletion", "protect"], true);
    await succeeded(factory.stack.up());
  }, 1_800_000);
  afterAll(() => factory?.dispose());

  it("cannot be destroyed while the stack protects it, and nothing of it is lost by the attempt", async () => {
    const present = await inventory(factory);
    const run = await factory.stack.destroy();
    expect(run.exitCode).not.toBe(0);
    expect(run.stdout + run.stderr).toMatch(/resource ".*" cannot be deleted\s+because it is protected/);
    expect(await inventory(factory)).toEqual(present);
  });

  it("takes all server blocks out of the Corefiles when the forwards are emptied, to the last byte", async () => {
    factory.program.config(["deletion", "protect"], undefined);
    factory.program.config(["dns", "forwards"], []);
    const run = await succeeded(factory.stack.up());
    expect(objectChanges(run).sort()).toEqual(COREFILES.map((name) => `update dns-kube-system-${name}`));
    for (const name of COREFILES) expect(await factory.corefile(name)).toBe(original(name));
  });

  it("leaves no object when it is destroyed: Applications go first, Argo CD and its definitions last", async () => {
    const run = await succeeded(factory.stack.destroy());
    expect(run.failed).toEqual([]);
    expect(await inventory(factory)).toEqual(before);
    expect(await factory.stack.resources()).toEqual([]);
    for (const name of COREFILES) expect(await factory.corefile(name)).toBe(original(name));

    const order = objectChanges(run);
    const last = (pattern: RegExp): number => order.findLastIndex((change) => pattern.test(change));
    const first = (pattern: RegExp): number => order.findIndex((change) => pattern.test(change));
    const stages = ["application-\\w+", "app-project", "(?:quota|limits|default-deny|allow-.*)", "namespace"];
    for (const namespace of NAMESPACES) {
      const places = stages.map((stage) => new RegExp(`^delete ${namespace}-${stage}$`));
      places.slice(1).forEach((stage, index) => {
        const earlier = places[index] ?? stage;
        expect(first(stage), `${stage.source} after ${earlier.source}`).toBeGreaterThan(last(earlier));
      });
    }
    const anyProject = /^delete (?:acme|ministere|protobox1)-.*-(?:application-\w+|app-project)$/;
    expect(first(/argocd-(?:deployment|statefulset)-/)).toBeGreaterThan(last(anyProject));
    expect(first(/argocd-customresourcedefinition-app/)).toBeGreaterThan(last(anyProject));
  });

  it("comes up again, and then leaves its projects' namespaces and guards where workloads are to be retained", async () => {
    factory.program.config(["deletion", "workloads"], "retain");
    factory.program.config(
      ["dns", "forwards"],
      Object.entries(FORWARDS).map(([zone, address]) => ({ zone, to: [address] })),
    );
    await succeeded(factory.stack.up());
    await factory.kubectl("create -f -", {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "work", namespace: NAMESPACES[0] },
      data: { of: "a team" },
    });
    await succeeded(factory.stack.destroy());

    const left = (await inventory(factory)).filter((object) => !before.includes(object));
    const guards = (namespace: string): string[] => [
      `LimitRange ${namespace}/dso-limits`,
      `Namespace ${namespace}`,
      `ResourceQuota ${namespace}/dso-quota`,
      ...["default-deny", "allow-dns", "allow-same-namespace"].map((name) => `NetworkPolicy ${namespace}/${name}`),
    ];
    expect(left).toEqual(
      [
        ...NAMESPACES.flatMap(guards),
        `NetworkPolicy ${NAMESPACES[1] ?? ""}/allow-ingress`,
        `ConfigMap ${NAMESPACES[0] ?? ""}/work`,
      ].sort(),
    );
  });

  it("keeps Corefiles that the real CoreDNS starts with, where the forwards were still there", async () => {
    expect(await factory.corefile("coredns")).toBe(original("coredns") + managedBlocks(FORWARDS));
    expect(await factory.corefile("nodelocaldns")).toBe(
      original("nodelocaldns") + managedBlocks(FORWARDS, "    bind 169.254.25.10\n"),
    );
    const tools = await ensureTools(["coredns"]);
    const coredns = await CoreDns.open(tools.path("coredns"));
    try {
      const port = await freePort();
      for (const name of COREFILES) {
        const text = (await factory.corefile(name))
          .replace(/:53 \{/g, `:${String(port)} {`)
          // Outside of a pod it has to be told where the cluster is.
          .replace("pods insecure", `pods insecure\n      kubeconfig ${factory.lab.kubeconfig}`);
        expect(await coredns.judge(text, port), name).toMatchObject({ starts: true });
      }
    } finally {
      await coredns.close();
    }
  });
});
