import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureTools, silentProgress, type Toolchain, type ToolName } from "../../../../lab/toolchain";
import { FakeMachine, printing } from "./fake-machine";

let machine: FakeMachine;
beforeEach(() => {
  machine = new FakeMachine();
});
afterEach(() => {
  machine.remove();
});

const ensure = (names: readonly ToolName[]): Promise<Toolchain> =>
  ensureTools(names, { env: machine.env, progress: silentProgress });

describe("ensureTools takes from PATH", () => {
  const fitting: [ToolName, string][] = [
    ["etcd", "etcd Version: 3.6.1\nGit SHA: abc"],
    ["kube-apiserver", "Kubernetes v1.35.0"],
    ["kubectl", "Client Version: v1.35.9\nKustomize Version: v5.7.1"],
    ["kwok", "kwok version v0.7.0 go1.26.8 (linux/amd64)"],
    ["coredns", "CoreDNS-1.14.2\nlinux/amd64, go1.26.8,"],
    ["argocd", "argocd: v3.2.13+5bcd846"],
    ["consul", "Consul v1.21.0\nBuild Date 1970-01-01T00:00:01Z\nProtocol 2 spoken by default"],
    ["helm", "v3.19.1+g4f953c2"],
    ["kustomize", "v5.8.1"],
    ["versitygw", "Version  : v1.8.0\nBuild    : norev"],
  ];
  it.each(fitting)("a %s whose version fits, without a build", async (tool, text) => {
    const path = machine.program(tool, printing(text));
    const toolchain = await ensure([tool]);
    expect(toolchain.path(tool)).toBe(path);
    expect(toolchain.binDirs).toEqual([]);
    expect(machine.calls()).toEqual([]);
  });

  const unfit: [string, string][] = [
    ["is older", printing("etcd Version: 3.5.9")],
    ["is newer than what was tried", printing("etcd Version: 3.7.0")],
    ["is a pre-release", printing("etcd Version: 3.6.5-rc.1")],
    ["says something else", printing("hello")],
    ["fails", "#!/bin/sh\nexit 1\n"],
  ];
  it.each(unfit)("nothing that %s", async (_reason, script) => {
    machine.program("etcd", script);
    const toolchain = await ensure(["etcd"]);
    expect(toolchain.path("etcd")).toContain(machine.cache);
    expect(machine.calls("build")).toEqual(["build etcd"]);
  });

  it("all programs of a module or none, so that their versions agree", async () => {
    machine.program("kubectl", printing("Client Version: v1.35.4"));
    const toolchain = await ensure(["kubectl", "kube-apiserver"]);
    expect(toolchain.path("kubectl")).toContain(machine.cache);
  });

  it("an engine that has its language host and launchers beside it, as a release has", async () => {
    const release = join(machine.root, "pulumi");
    for (const file of ["pulumi-language-nodejs", "pulumi-analyzer-policy", "pulumi-resource-pulumi-nodejs"]) {
      machine.program(file, "#!/bin/sh\n", release);
    }
    machine.program("pulumi", printing("v3.220.0"), release);
    machine.env["PATH"] = `${machine.bin}:${release}`;
    const toolchain = await ensure(["pulumi", "pulumi-language-nodejs"]);
    expect(toolchain.path("pulumi")).toBe(join(release, "pulumi"));
    expect(toolchain.path("pulumi-language-nodejs")).toBe(join(release, "pulumi-language-nodejs"));
    expect(machine.calls()).toEqual([]);
  });

  it("no engine that lacks its language host", async () => {
    machine.moduleFile("nodejs/dist/pulumi-analyzer-policy", "");
    machine.moduleFile("nodejs/dist/pulumi-resource-pulumi-nodejs", "");
    machine.program("pulumi", printing("v3.220.0"));
    expect((await ensure(["pulumi"])).path("pulumi")).toContain(machine.cache);
  });
});
