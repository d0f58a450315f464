import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Factory } from "./support/factory";
import { managedBlocks } from "./support/managed-blocks";
import { objectChanges, succeeded } from "./support/pulumi-run";

const SHOP = "catalog/acme/shop.yaml";
const DEMARCHES = "catalog/ministere/demarches.yaml";
const DOCSERVER = "protobox1-docserver-dev-6293";

const DOCS = `  - name: docs
    url: https://gitlab.cpn.example/ministere/demarches/infra-docs.git
    kind: manifests
    credentials: gitlab
`;

const PROTOBOX = { protobox: "10.0.0.53:53" };
const CONSUL = { "service.consul": "10.0.0.54:8600" };

/** What a person adds by `kubectl edit`: a comment in the block that was there, and a block before it. */
const FOREIGN = "internal.example {\n    forward . 10.9.9.9\n}\n";

/** The steps build on one another: one factory is changed again and again, as a real one is. */
describe("A change of the catalogue or the config changes what it means and nothing else", { timeout: 900_000 }, () => {
  let factory: Factory;

  beforeAll(async () => {
    factory = await Factory.start();
    await succeeded(factory.stack.up());
  }, 1_800_000);
  afterAll(() => factory?.dispose());

  it("foretells and updates one Application when a team changes one line", async () => {
    const before = await factory.object("application", "acme-shop-dev-deploy-6293");
    factory.program.replace(SHOP, "kind: kustomize\n", "kind: kustomize\n    revision: v2.0.0\n");
    const expected = ["update acme-shop-dev-6293-application-deploy"];
    const foretold = await succeeded(factory.stack.preview());
    expect(objectChanges(foretold)).toEqual(expected);
    const [step] = foretold.steps.filter(({ type }) => type.endsWith(":Application"));
    expect(Object.keys(step?.detailedDiff ?? {})).toEqual(["spec.source.targetRevision"]);

    expect(objectChanges(await succeeded(factory.stack.up()))).toEqual(expected);
    const after = await factory.object("application", "acme-shop-dev-deploy-6293");
    expect(after.metadata.uid).toBe(before.metadata.uid);
    expect(after.spec).toEqual({
      ...before.spec,
      source: { ...(before.spec?.["source"] as object), targetRevision: "v2.0.0" },
    });
  });

  it("updates a quota in place", async () => {
    const name = "ministere-demarches-dev-6293";
    const before = await factory.object("resourcequota", "dso-quota", name);
    factory.program.replace(DEMARCHES, 'quota: { cpu: "4", memory: 8Gi }', 'quota: { cpu: "5", memory: 8Gi }');
    const run = await succeeded(factory.stack.up());
    expect(objectChanges(run)).toEqual([`update ${name}-quota`]);
    const after = await factory.object("resourcequota", "dso-quota", name);
    expect(after.metadata.uid).toBe(before.metadata.uid);
    expect(after.spec?.["hard"]).toMatchObject({ "requests.cpu": "5", "limits.cpu": "5", "requests.memory": "8Gi" });
  });

  it("makes the Application and the credentials of a further repository, and opens the AppProject to it", async () => {
    factory.program.write(DEMARCHES, factory.program.read(DEMARCHES) + DOCS);
    const run = await succeeded(factory.stack.up());
    expect(objectChanges(run)).toEqual([
      "update ministere-demarches-dev-6293-app-project",
      "create ministere-demarches-dev-6293-repository-7842dd3d",
      "create ministere-demarches-dev-6293-application-docs",
    ]);
  });

  it("takes exactly that away when the repository leaves the catalogue", async () => {
    factory.program.replace(DEMARCHES, DOCS, "");
    const run = await succeeded(factory.stack.up());
    expect(objectChanges(run)).toEqual([
      "update ministere-demarches-dev-6293-app-project",
      "delete ministere-demarches-dev-6293-application-docs",
      "delete ministere-demarches-dev-6293-repository-7842dd3d",
    ]);
    const left = (await factory.list("applications,secrets", "-n", "argocd")).map(({ metadata }) => metadata.name);
    expect(left.filter((name) => name.includes("docs-") || name.includes("7842dd3d"))).toEqual([]);
  });

  it("takes out the server block of a forward that left the config, and keeps what others edited meanwhile", async () => {
    const live = await factory.corefile("coredns");
    const original = live.slice(0, live.indexOf("# managed"));
    const edited = FOREIGN + original.replace("    ready\n", "    ready # by hand\n");
    const data = { Corefile: live.replace(original, edited) };
    const patch = JSON.stringify({ data });
    await factory.kubectl(["-n", "kube-system", "patch", "configmap", "coredns", "--type=merge", "-p", patch]);

    factory.program.config(["dns", "forwards", 0], undefined);
    const run = await succeeded(factory.stack.up());
    expect(objectChanges(run).sort()).toEqual([
      "update dns-kube-system-coredns",
      "update dns-kube-system-nodelocaldns",
    ]);
    expect(await factory.corefile("coredns")).toBe(edited + managedBlocks(CONSUL));
    expect(await factory.corefile("nodelocaldns")).not.toContain("protobox");
  });

  it("puts a forward back in, and again keeps every other byte", async () => {
    const before = await factory.corefile("coredns");
    factory.program.config(["dns", "forwards", 1], { zone: "protobox", to: ["10.0.0.53:53"] });
    await succeeded(factory.stack.up());
    const after = await factory.corefile("coredns");
    expect(after).toContain(managedBlocks(PROTOBOX));
    expect(after.replace(managedBlocks(PROTOBOX), "")).toBe(before);
  });

  it("deletes a project that left the catalogue: Applications, then the AppProject, guards and the namespace", async () => {
    factory.program.remove("catalog/protobox1/docserver.yaml");
    const run = await succeeded(factory.stack.up());
    const deleted = objectChanges(run);
    const guards = ["quota", "limits", "default-deny", "allow-dns", "allow-same-namespace"];
    const of = (name: string): string => `delete ${DOCSERVER}-${name}`;
    expect(deleted.slice(0, 2)).toEqual([of("application-docserver"), of("app-project")]);
    expect(deleted.slice(2, -1).sort()).toEqual(guards.map(of).sort());
    expect(deleted.slice(-1)).toEqual([of("namespace")]);
    expect(run.steps.every(({ op, type }) => op === "delete" || op === "read" || !type.startsWith("kubernetes:"))).toBe(
      true,
    );
    const namespaces = (await factory.list("namespaces")).map(({ metadata }) => metadata.name);
    expect(namespaces).not.toContain(DOCSERVER);
    expect(namespaces).toContain("ministere-demarches-dev-6293");
  });
});
