import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { inPodRoot, type PodMount } from "../../../lab/argocd/pod-root";
import { inSandbox } from "../../../lab/pods/sandbox";
import { commandLine, tcpProbe } from "../../../lab/process";

// Its name needs quotes in a shell.
const folder = mkdtempSync(join(tmpdir(), "gitops-factory-pod's root-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A file or folder of this machine, as the source of a mount. */
function source(name: string, files?: Readonly<Record<string, string>>): string {
  const path = join(folder, name);
  if (files === undefined) writeFileSync(path, `the file ${name}`);
  else mkdirSync(path, { recursive: true });
  for (const [file, text] of Object.entries(files ?? {})) writeFileSync(join(path, file), text);
  return path;
}

function pod(mounts: readonly PodMount[], command: string, ...args: string[]) {
  const spec = { name: "sample", command, args, log: join(folder, "log"), ready: tcpProbe("127.0.0.1", 1) };
  const own = join(folder, "pod");
  return inSandbox(inPodRoot(spec, { folder: own, workingDirectory: "/home/argocd", mounts }), { folder: own });
}

function output(mounts: readonly PodMount[], script: string): string {
  const { command, args } = pod(mounts, "sh", "-c", script);
  return execFileSync(command, args, { encoding: "utf8" });
}

describe("a process in a pod's root", () => {
  it("finds volumes and programs where its pod has them, one within the other", () => {
    const mounts = [
      { path: "/home/argocd/params", source: source("params", { "profiler.enabled": "true" }) },
      { path: "/home/argocd", source: source("home", { own: "home" }) },
      { path: "/usr/local/bin", source: source("programs", {}) },
      { path: "/usr/local/bin/argocd", source: source("argocd") },
    ];
    expect(output(mounts, "pwd; cat own params/profiler.enabled /usr/local/bin/argocd; ls /usr/local/bin")).toBe(
      "/home/argocd\nhometruethe file argocdargocd\n",
    );
  });

  it("has the machine's programs, and folders of its own for what is temporary", () => {
    const name = join(tmpdir(), "gitops-factory-of-the-machine");
    const text = output([], `git --version >/dev/null && ls -A /home /app /tmp && echo own > ${name} && cat ${name}`);
    expect(text).toBe("/app:\n\n/home:\nargocd\n\n/tmp:\nown\n");
    expect(existsSync(name)).toBe(false);
  });

  it("leaves the machine's root as it was", () => {
    expect(output([{ path: "/helm-working-dir", source: source("helm", {}) }], "ls -d /helm-working-dir")).toBe(
      "/helm-working-dir\n",
    );
    expect(existsSync("/helm-working-dir")).toBe(false);
    expect(readFileSync("/proc/self/mountinfo", "utf8")).not.toContain("helm-working-dir");
  });

  it("is another command once its mounts are others, so that it is started anew", () => {
    const line = (path: string) => commandLine(pod([{ path, source: source("same", {}) }], "true"));
    expect(line("/a")).toBe(line("/a"));
    expect(line("/a")).not.toBe(line("/b"));
  });

  it("does not start at all when a source is not there", () => {
    expect(() => output([{ path: "/app/config", source: join(folder, "absent") }], "echo started")).toThrow(/absent/);
  });
});
