import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { bundleKey } from "../../../../lab/toolchain/cache";
import type { Bundle } from "../../../../lab/toolchain/catalogue-types";

const modulesDir = mkdtempSync(join(tmpdir(), "toolchain-modules-"));
afterAll(() => {
  rmSync(modulesDir, { recursive: true });
});
beforeEach(() => {
  mkdirSync(join(modulesDir, "etcd"), { recursive: true });
  writeFileSync(join(modulesDir, "etcd", "go.mod"), "module x\n");
  writeFileSync(join(modulesDir, "etcd", "go.sum"), "a v1 h1:x=\n");
});

const module = { folder: "etcd", packages: { etcd: "example.org/etcd" }, stamps: { "x.version": "v1" } };
const bundle: Bundle = {
  name: "etcd",
  version: "1.0.0",
  fits: { from: "1.0.0", below: "2.0.0" },
  modules: [module],
  probes: {},
};

describe("a bundle's key", () => {
  it("stays the same while nothing changes, so that the cache is used", () => {
    expect(bundleKey(bundle, modulesDir)).toBe(bundleKey({ ...bundle }, modulesDir));
    expect(bundleKey(bundle, modulesDir)).toMatch(/^[0-9a-f]{12}$/);
  });

  const changes: [string, () => Bundle][] = [
    ["go.sum", () => (appendFileSync(join(modulesDir, "etcd", "go.sum"), "b v1 h1:y=\n"), bundle)],
    ["go.mod", () => (appendFileSync(join(modulesDir, "etcd", "go.mod"), "require b v1\n"), bundle)],
    ["a package", () => ({ ...bundle, modules: [{ ...module, packages: { etcd: "example.org/other" } }] })],
    ["a stamp", () => ({ ...bundle, modules: [{ ...module, stamps: { "x.version": "v2" } }] })],
    ["a script", () => ({ ...bundle, modules: [{ ...module, scripts: { module: "x", paths: ["a"] } }] })],
  ];
  it.each(changes)("changes with %s, so that the bundle is built again", (_what, change) => {
    const before = bundleKey(bundle, modulesDir);
    expect(bundleKey(change(), modulesDir)).not.toBe(before);
  });
});
