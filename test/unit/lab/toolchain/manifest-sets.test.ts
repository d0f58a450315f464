import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ManifestSet, manifestSets } from "../../../../lab/toolchain";
import { fetchManifests, hasManifests } from "../../../../lab/toolchain/manifest-sets";
import { Staging } from "../../../../lab/toolchain/staging";
import { FakeMachine } from "./fake-machine";

let machine: FakeMachine;
let staging: Staging;
let manifests: string;
beforeEach(() => {
  machine = new FakeMachine();
  staging = Staging.open(machine.cache, "manifests");
  manifests = join(machine.cache, "manifests");
  mkdirSync(join(machine.root, "modules", "argo-cd-manifests"), { recursive: true });
});
afterEach(() => {
  staging.close();
  machine.remove();
});

const sha256 = (content: string): string => createHash("sha256").update(content).digest("hex");

function fetch(set: ManifestSet): Promise<void> {
  const modulesDir = join(machine.root, "modules");
  const context = { modulesDir, env: machine.env, temporary: staging.folder, log: join(machine.root, "log") };
  return fetchManifests(manifests, set, staging, context);
}

function setWith(install: string, ha: string): ManifestSet {
  machine.moduleFile("manifests/install.yaml", "install");
  machine.moduleFile("manifests/ha/install.yaml", "ha");
  return {
    name: "argo-cd-manifests",
    folder: "argo-cd-manifests",
    module: "example.org/argo-cd",
    version: "v1.0.0",
    sha256: { "manifests/install.yaml": sha256(install), "manifests/ha/install.yaml": sha256(ha) },
  };
}

describe("the manifest cache", () => {
  it("holds each file of the module under its checksum", async () => {
    const set = setWith("install", "ha");
    expect(hasManifests(manifests, set)).toBe(false);
    await fetch(set);
    expect(hasManifests(manifests, set)).toBe(true);
    expect(machine.cached("manifests")).toEqual([`${sha256("install")}.yaml`, `${sha256("ha")}.yaml`].sort());
    expect(readFileSync(join(manifests, `${sha256("ha")}.yaml`), "utf8")).toBe("ha");
  });

  it("takes no file whose content is not what the catalogue of tools names", async () => {
    await expect(fetch(setWith("install", "other"))).rejects.toThrow(/change both together/);
    expect(machine.cached("manifests")).toEqual([`${sha256("install")}.yaml`]);
  });

  it("lets a second fetch find the files of the first", async () => {
    const set = setWith("install", "ha");
    await fetch(set);
    await fetch(set);
    expect(machine.cached("manifests")).toHaveLength(2);
  });

  it("gets a damaged file again", async () => {
    const set = setWith("install", "ha");
    await fetch(set);
    const damaged = join(manifests, `${sha256("ha")}.yaml`);
    writeFileSync(damaged, "h");
    expect(hasManifests(manifests, set)).toBe(false);
    await fetch(set);
    expect(readFileSync(damaged, "utf8")).toBe("ha");
  });

  it("is fed with two different versions of Argo CD", () => {
    const checksums = manifestSets.flatMap((set) => Object.values(set.sha256));
    expect(new Set(checksums).size).toBe(4);
  });
});
