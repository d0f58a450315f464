import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { manifestSets } from "../../lab/toolchain/catalogue";
import { manifestCacheDir } from "../../manifests/cache";
import { Factory } from "./support/factory";
import type { LiveObject } from "./support/kubectl";
import { objectChanges, succeeded } from "./support/pulumi-run";

/** An `install.yaml` of the cache: the platform team's copy of the release. */
function release(version: string): { readonly text: string; readonly sha256: string; readonly version: string } {
  const sha256 = manifestSets.find((set) => set.version === version)?.sha256["manifests/install.yaml"] ?? "";
  return { text: readFileSync(join(manifestCacheDir(), `${sha256}.yaml`), "utf8"), sha256, version };
}

/** The objects of a file by the name of their resource. */
function resources(text: string): Map<string, string> {
  const objects = parseAllDocuments(text).map((document) => document.toJS() as LiveObject);
  return new Map(
    objects.map((object) => [`argocd-${object.kind.toLowerCase()}-${object.metadata.name}`, JSON.stringify(object)]),
  );
}

const WORKLOADS = "deployments,statefulsets";

describe("An upgrade of Argo CD is a version and a checksum", { timeout: 900_000 }, () => {
  const [old, next] = [release("v3.2.12"), release("v3.3.10")];
  let factory: Factory;
  let applications: LiveObject[];
  let definitions: LiveObject[];

  beforeAll(async () => {
    factory = await Factory.start();
    await succeeded(factory.stack.up());
    applications = await factory.list("applications");
    definitions = await factory.list("customresourcedefinitions");
  }, 1_800_000);
  afterAll(() => factory?.dispose());

  /** Pins a file of the platform's own repository, as an air-gapped platform does. */
  const pin = (file: string, text: string, version: string): void => {
    factory.program.write(file, text);
    const sha256 = createHash("sha256").update(text).digest("hex");
    factory.program.config(["argocd", "manifests"], { version, location: file, sha256 });
  };

  it("is refused when the file is not the one that was pinned", async () => {
    pin("vendor/argocd.yaml", next.text, next.version);
    factory.program.write("vendor/argocd.yaml", `${next.text}# one byte more\n`);
    const run = await factory.stack.preview();
    expect(run.exitCode).not.toBe(0);
    expect(run.stdout).toContain("the file is not the one that the config pins for Argo CD v3.3.10");
    expect(objectChanges(run)).toEqual([]);
  });

  it("is foretold object by object, and updates exactly those that differ between the two releases, in place", async () => {
    pin("vendor/argocd.yaml", next.text, next.version);
    const [from, to] = [resources(old.text), resources(next.text)];
    expect([...to.keys()].sort()).toEqual([...from.keys()].sort());
    const differing = [...to].filter(([name, object]) => from.get(name) !== object).map(([name]) => `update ${name}`);
    expect(differing.filter((name) => name.includes("customresourcedefinition"))).toHaveLength(3);

    expect(objectChanges(await succeeded(factory.stack.preview())).sort()).toEqual(differing.sort());
    expect(objectChanges(await succeeded(factory.stack.up())).sort()).toEqual(differing.sort());
    expect(await factory.stack.outputs()).toMatchObject({ argocd: { version: "v3.3.10" } });
  });

  it("leaves everything available, in the new version", async () => {
    const workloads = await factory.list(WORKLOADS, "-n", "argocd");
    expect(workloads).toHaveLength(7);
    for (const { metadata, spec, status } of workloads) {
      expect(status, metadata.name).toMatchObject({
        availableReplicas: spec?.["replicas"],
        updatedReplicas: spec?.["replicas"],
      });
    }
    const server = await factory.object("deployment", "argocd-server");
    expect(JSON.stringify(server.spec)).toContain("quay.io/argoproj/argocd:v3.3.10");
    expect(JSON.stringify(server.spec)).not.toContain("v3.2.12");
  });

  it("keeps the CustomResourceDefinitions, and with them all Applications as they were", async () => {
    const uids = (objects: readonly LiveObject[]): string[] => objects.map(({ metadata }) => metadata.uid);
    expect(uids(await factory.list("customresourcedefinitions"))).toEqual(uids(definitions));
    const versions = (objects: readonly LiveObject[]): string[] =>
      objects.map(({ metadata }) => `${metadata.uid} ${metadata.resourceVersion}`);
    expect(versions(await factory.list("applications"))).toEqual(versions(applications));
  });

  it("creates what a release adds and deletes what it drops", async () => {
    const documents = next.text.split(/^---\n/m);
    const kept = documents.filter((text) => !text.includes("name: argocd-dex-server-network-policy\n"));
    expect(kept).toHaveLength(documents.length - 1);
    const added = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: argocd-novelty-cm\ndata:\n  a: b\n";
    pin("vendor/argocd-later.yaml", [...kept, added].join("---\n"), next.version);

    const expected = [
      "create argocd-configmap-argocd-novelty-cm",
      "delete argocd-networkpolicy-argocd-dex-server-network-policy",
    ];
    expect(objectChanges(await succeeded(factory.stack.preview()))).toEqual(expected);
    expect(objectChanges(await succeeded(factory.stack.up()))).toEqual(expected);
    expect((await factory.object("configmap", "argocd-novelty-cm")).data).toEqual({ a: "b" });
  });
});
