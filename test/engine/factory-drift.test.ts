import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Factory } from "./support/factory";
import { objectChanges, type Run, succeeded } from "./support/pulumi-run";

const SHOP = "acme-shop-dev-6293";
const DOCSERVER = "protobox1-docserver-dev-6293";

/** What `pulumi refresh` finds: the objects that differ, and the one that is gone. */
const FOUND = [
  `delete ${SHOP}-default-deny`,
  `update ${SHOP}-application-deploy`,
  `update ${SHOP}-quota`,
  `update ${DOCSERVER}-namespace`,
];

/**
 * What a refresh finds, sorted. Objects that the program only reads are left out: the engine keeps no inputs of theirs,
 * so that a refresh always takes them for changed.
 */
function found(run: Run): string[] {
  return objectChanges(run)
    .filter((change) => !change.endsWith("-live"))
    .sort();
}

describe("What was changed behind the program's back", { timeout: 900_000 }, () => {
  let factory: Factory;

  beforeAll(async () => {
    factory = await Factory.start();
    await succeeded(factory.stack.up());
  }, 1_800_000);
  afterAll(() => factory?.dispose());

  const patch = (kind: string, name: string, namespace: string, value: object): Promise<string> =>
    factory.kubectl(["patch", kind, name, "-n", namespace, "--type=merge", "-p", JSON.stringify(value)]);

  it("is no drift when Argo CD or a person asks for a synchronisation and Argo CD reports on it", async () => {
    await patch("application", "acme-shop-dev-deploy-6293", "argocd", {
      metadata: { annotations: { "argocd.argoproj.io/refresh": "hard" } },
      operation: { initiatedBy: { username: "admin" }, sync: { revision: "HEAD" } },
      status: { sync: { status: "OutOfSync" }, health: { status: "Missing" } },
    });
    expect(found(await succeeded(factory.stack.drift()))).toEqual([]);
    const run = await succeeded(factory.stack.up("--refresh", "--expect-no-changes"));
    expect(objectChanges(run)).toEqual([]);
    const { status, metadata } = await factory.object("application", "acme-shop-dev-deploy-6293");
    expect(status).toMatchObject({ sync: { status: "OutOfSync" } });
    expect(metadata.annotations).toMatchObject({ "argocd.argoproj.io/refresh": "hard" });
  });

  it("is seen by a refresh, object by object and field by field", async () => {
    await patch("resourcequota", "dso-quota", SHOP, { spec: { hard: { pods: "500" } } });
    await factory.kubectl(`delete networkpolicy default-deny -n ${SHOP}`);
    await patch("application", "acme-shop-dev-deploy-6293", "argocd", { spec: { source: { targetRevision: "mine" } } });
    await factory.kubectl(`label namespace ${DOCSERVER} dso/project-`);

    const run = await succeeded(factory.stack.drift());
    expect(found(run)).toEqual(FOUND);
    const paths = Object.fromEntries(run.steps.map(({ name, detailedDiff }) => [name, Object.keys(detailedDiff)]));
    expect(paths).toMatchObject({
      [`${SHOP}-quota`]: ["spec.hard.pods"],
      [`${SHOP}-application-deploy`]: ["spec.source.targetRevision"],
      [`${DOCSERVER}-namespace`]: [expect.stringContaining("dso/project")],
    });
  });

  it("is repaired by the next update with a refresh, whoever owns the fields by then", async () => {
    const run = await succeeded(factory.stack.up("--refresh"));
    expect(objectChanges(run).sort()).toEqual(FOUND.map((line) => line.replace("delete", "create")).sort());

    expect((await factory.object("resourcequota", "dso-quota", SHOP)).spec).toMatchObject({ hard: { pods: "50" } });
    expect((await factory.object("networkpolicy", "default-deny", SHOP)).spec).toMatchObject({ podSelector: {} });
    const application = await factory.object("application", "acme-shop-dev-deploy-6293");
    expect(application.spec).toMatchObject({ source: { targetRevision: "HEAD" } });
    expect((await factory.object("namespace", DOCSERVER)).metadata.labels).toMatchObject({
      "dso/project": "docserver",
    });
    expect(objectChanges(await succeeded(factory.stack.up("--refresh", "--expect-no-changes")))).toEqual([]);
  });

  it("is repaired in the Corefile too, where one of our server blocks was edited or taken out", async () => {
    const before = await factory.corefile("coredns");
    const edited = before
      .replace("10.0.0.53:53", "10.6.6.6:53")
      .replace(/# managed by gitops-factory\nservice[^]*$/, "");
    await patch("configmap", "coredns", "kube-system", { data: { Corefile: edited } });
    const run = await succeeded(factory.stack.up("--refresh"));
    expect(new Set(objectChanges(run))).toContain("update dns-kube-system-coredns");
    expect(await factory.corefile("coredns")).toBe(before);
  });
});
