import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { inSandbox, type Sandbox } from "../../../lab/pods/sandbox";
import { commandLine, tcpProbe } from "../../../lab/process";

const folder = mkdtempSync(join(tmpdir(), "gitops-factory-sandbox-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function spec(command: string, ...args: string[]) {
  return { name: "sample", command, args, log: join(folder, "log"), ready: tcpProbe("127.0.0.1", 1) };
}

function output(command: string, sandbox: Omit<Sandbox, "folder">): string {
  const { command: program, args } = inSandbox(spec("sh", "-c", command), { folder: join(folder, "pod"), ...sandbox });
  return execFileSync(program, args, { encoding: "utf8" });
}

describe("a process in a sandbox", () => {
  it("sees its own resolver and hosts, and nobody else does", () => {
    const before = readFileSync("/etc/hosts", "utf8");
    const text = output("cat /etc/resolv.conf /etc/hosts", {
      nameserver: "127.77.7.10",
      search: ["argocd.svc.cluster.local"],
      hosts: [{ ip: "127.77.7.7", hostnames: ["git.protobox", "git"] }],
    });
    expect(text).toBe(
      "nameserver 127.77.7.10\nsearch argocd.svc.cluster.local\noptions ndots:5\n" +
        "127.0.0.1\tlocalhost\n127.77.7.7\tgit.protobox\tgit\n",
    );
    expect(readFileSync("/etc/hosts", "utf8")).toBe(before);
  });

  it("is told another localhost, as a pod has its own", () => {
    const hosts = [{ ip: "127.77.7.20", hostnames: ["localhost"] }];
    expect(output("cat /etc/hosts", { hosts })).toBe("127.77.7.20\tlocalhost\n");
  });

  it("finds a service account where a kubelet would mount it", () => {
    const account = join(folder, "account");
    mkdirSync(account);
    writeFileSync(join(account, "token"), "of the account");
    expect(output("cat /var/run/secrets/kubernetes.io/serviceaccount/token", { serviceAccount: account })).toBe(
      "of the account",
    );
  });

  it("is on a machine of its pod's name, while this machine keeps its own", () => {
    const before = hostname();
    expect(output("uname -n", { hostname: "controller-1" })).toBe("controller-1\n");
    expect(output("uname -n", {})).toBe(`${before}\n`);
    expect(hostname()).toBe(before);
  });

  it("passes its arguments on as they are", () => {
    const { command, args } = inSandbox(spec("printf", "%s|", "a b", "$HOME", "'"), { folder: join(folder, "pod") });
    expect(execFileSync(command, args, { encoding: "utf8" })).toBe("a b|$HOME|'|");
  });

  it("has another command line once its template is another, so that it is started anew", () => {
    const line = (template: object) => commandLine(inSandbox(spec("true"), { folder: join(folder, "pod"), template }));
    expect(line({ image: "a" })).toBe(line({ image: "a" }));
    expect(line({ image: "a" })).not.toBe(line({ image: "b" }));
  });

  it("does not start at all when what it should see cannot be mounted", () => {
    expect(() => output("echo started", { serviceAccount: join(folder, "absent") })).toThrow(/absent/);
  });
});
