import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureTools, type Progress, silentProgress } from "../../../../lab/toolchain";
import { createProgress } from "../../../../lab/toolchain/progress";
import { deadPid, FakeMachine, printing } from "./fake-machine";

let machine: FakeMachine;
beforeEach(() => {
  machine = new FakeMachine();
});
afterEach(() => {
  machine.remove();
});

const ensure = (
  names: Parameters<typeof ensureTools>[0],
  progress: Progress = silentProgress,
): ReturnType<typeof ensureTools> => ensureTools(names, { env: machine.env, progress });

describe("ensureTools builds what is missing", () => {
  it("builds only what was asked for, under the program's own name", async () => {
    const toolchain = await ensure(["etcd"]);
    expect(machine.calls("build")).toEqual(["build etcd"]);
    expect(toolchain.path("etcd")).toMatch(/\/cache\/tools\/etcd-[0-9a-f]{12}\/bin\/etcd$/);
    expect(statSync(toolchain.path("etcd")).isFile()).toBe(true);
    expect(toolchain.binDirs).toEqual([join(toolchain.path("etcd"), "..")]);
  });

  it("compiles the programs of one module in one go", async () => {
    const toolchain = await ensure(["kube-apiserver", "kubectl", "kube-controller-manager"]);
    expect(machine.calls("build")).toEqual(["build kubernetes"]);
    for (const tool of ["kube-apiserver", "kubectl", "kube-controller-manager"] as const) {
      expect(statSync(toolchain.path(tool)).isFile()).toBe(true);
    }
  });

  it("puts the language host and its executable launchers beside the engine", async () => {
    machine.moduleFile("nodejs/dist/pulumi-analyzer-policy", "#!/bin/sh\n");
    machine.moduleFile("nodejs/dist/pulumi-resource-pulumi-nodejs", "#!/bin/sh\n");
    const toolchain = await ensure(["pulumi", "pulumi-language-nodejs"]);
    expect(machine.calls("build")).toEqual(["build pulumi", "build pulumi-language-nodejs"]);
    expect(toolchain.binDirs).toHaveLength(1);
    const [bin = ""] = toolchain.binDirs;
    expect(toolchain.path("pulumi-language-nodejs")).toBe(join(bin, "pulumi-language-nodejs"));
    for (const launcher of ["pulumi-analyzer-policy", "pulumi-resource-pulumi-nodejs"]) {
      expect(statSync(join(bin, launcher)).mode & 0o111).toBe(0o111);
    }
  });

  it("builds for this machine, without C, whatever the user's environment says", async () => {
    machine.program(
      "go",
      '#!/bin/sh\nif [ "$1" = build ]; then /usr/bin/env > "$FAKE/environment"; exit 1; fi\necho go1.26\n',
    );
    Object.assign(machine.env, {
      GOOS: "plan9",
      GOFLAGS: "-tags=x",
      CGO_ENABLED: "1",
      GOPROXY: "https://proxy.example",
    });
    await expect(ensure(["etcd"])).rejects.toThrow();
    const lines = readFileSync(join(machine.root, "environment"), "utf8").split("\n");
    expect(lines).toEqual(expect.arrayContaining(["CGO_ENABLED=0", "GOWORK=off", "GOPROXY=https://proxy.example"]));
    expect(lines.some((line) => line.startsWith("GOOS="))).toBe(false);
    expect(lines).not.toContain("GOFLAGS=-tags=x");
  });

  it("refuses the path of a program that was not asked for", async () => {
    const toolchain = await ensure(["etcd"]);
    expect(() => toolchain.path("kwok")).toThrow("kwok is not among the tools that were ensured: etcd");
  });
});

describe("ensureTools takes from the cache", () => {
  it("says nothing and runs nothing when all is there", async () => {
    await ensure(["etcd", "kwok"]);
    const calls = machine.calls();
    const lines: string[] = [];
    await ensure(["etcd", "kwok"], createProgress({ write: (text) => lines.push(text) }, {}));
    expect(lines).toEqual([]);
    expect(machine.calls()).toEqual(calls);
  });

  it("at a place that is named relative to the working directory, wherever Go runs", async () => {
    machine.env["GITOPS_FACTORY_CACHE"] = relative(process.cwd(), machine.cache);
    expect((await ensure(["etcd"])).path("etcd").startsWith(machine.cache)).toBe(true);
    expect(machine.cached("tools")).toHaveLength(1);
  });

  it("needs no Go for what is there", async () => {
    await ensure(["etcd"]);
    rmSync(join(machine.bin, "go"));
    await expect(ensure(["etcd"])).resolves.toBeDefined();
  });

  it("prefers the cache to PATH", async () => {
    const built = await ensure(["etcd"]);
    machine.program("etcd", printing("etcd Version: 3.6.5"));
    expect((await ensure(["etcd"])).path("etcd")).toBe(built.path("etcd"));
  });

  it("repairs a bundle that lost a file", async () => {
    const built = await ensure(["kube-apiserver", "kubectl"]);
    rmSync(built.path("kubectl"));
    const repaired = await ensure(["kube-apiserver"]);
    expect(statSync(repaired.path("kube-apiserver")).isFile()).toBe(true);
    expect(machine.calls("build")).toEqual(["build kubernetes", "build kubernetes"]);
    expect(machine.cached("tools")).toHaveLength(1);
  });

  it("removes what a killed process left half-made, and nothing of a living one", async () => {
    const old = new Date(Date.now() - 120_000);
    const folders = { dead: `etcd-1.1.${String(deadPid())}.1`, alive: `etcd-1.1.${String(process.pid)}.1` };
    for (const name of Object.values(folders)) {
      const folder = join(machine.cache, "building", name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "half"), "");
      utimesSync(folder, old, old);
    }
    await ensure(["etcd"]);
    expect(machine.cached("building")).toEqual([folders.alive]);
  });
});

describe("ensureTools tells its progress", () => {
  it("prints a line at the start and at the end of each step, with its number", async () => {
    const lines: string[] = [];
    await ensure(["etcd", "kwok"], createProgress({ write: (text) => lines.push(text) }, {}));
    expect(lines.map((line) => line.replace(/\d+s\n/, "Ns\n"))).toEqual([
      expect.stringMatching(/^building etcd, kwok from pinned modules, .* find them in .*\/cache\n$/),
      "[1/2] building etcd …\n",
      "[1/2] building etcd: done in Ns\n",
      "[2/2] building kwok …\n",
      "[2/2] building kwok: done in Ns\n",
    ]);
  });
});
