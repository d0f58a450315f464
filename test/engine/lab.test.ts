import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it, vi } from "vitest";
import { createLab, destroyLab } from "../../lab/lab";
import { layoutOf } from "../../lab/layout";
import { isRunning, type ProcessIdentity, RecordFolder, signalProcess } from "../../lab/process";
import type { LabStatus } from "../../lab/status";
import { lab, LabCommand, processesOf } from "./support/lab-command";

const run = promisify(execFile);
const root = mkdtempSync(join(tmpdir(), "gitops-factory-lab-"));
const state = join(root, "one");
const names = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"];

afterAll(async () => {
  await destroyLab(state);
  rmSync(root, { recursive: true, force: true });
});

const up = (): ReturnType<typeof lab> => lab("up", state, "--offline");

async function status(): Promise<LabStatus> {
  const { stdout } = await lab("status", state, "--json");
  return JSON.parse(stdout) as LabStatus;
}

/** What `factory lab env` prints for the lab of this file; the same as long as it exists. */
let exports: string | undefined;

/** Runs kubectl as someone does whose shell has evaluated `factory lab env`. */
async function kubectl(...args: string[]): Promise<string> {
  exports ??= (await lab("env", state)).stdout;
  const { stdout } = await run("/bin/sh", ["-c", `${exports}\nexec kubectl "$@"`, "sh", ...args]);
  return stdout.trim();
}

function identities(): Record<string, ProcessIdentity> {
  const records = new RecordFolder(layoutOf(state).records).list();
  return Object.fromEntries(records.map(({ name, identity }) => [name, identity]));
}

/** Ends processes as the kernel does when memory runs out. */
async function kill(victims: readonly (ProcessIdentity | undefined)[]): Promise<void> {
  for (const victim of victims) {
    if (victim === undefined) throw new Error("there is no such process");
    signalProcess(victim, "SIGKILL");
    await vi.waitFor(
      () => {
        expect(isRunning(victim)).toBe(false);
      },
      { timeout: 30_000 },
    );
  }
}

describe("factory lab", () => {
  it("says where there is no lab yet, and how to make one", async () => {
    const answer = await lab("status", state);
    expect(answer).toMatchObject({ code: 3, stdout: `there is no lab in ${state}\n` });
    const env = await lab("env", state);
    expect(env.code).toBe(1);
    expect(env.stderr).toContain(`fix:     make one: npx factory lab up --state '${state}'`);
  });

  it("comes up and goes on when the command has ended", async () => {
    const outcome = await up();
    expect(outcome).toMatchObject({ code: 0, stderr: expect.stringContaining("starting kube-apiserver") as string });
    expect(outcome.stdout).toMatch(/^the lab is ready at https:\/\/127\.0\.0\.1:\d+\n/);
    const { running, processes } = await status();
    expect(running).toBe(true);
    expect(processes.map(({ name, state: how }) => [name, how])).toEqual(names.map((name) => [name, "ready"]));
    expect(processes.every(({ pid, port, log }) => pid !== undefined && port !== undefined && existsSync(log))).toBe(
      true,
    );
  });

  it("shows its processes as a table", async () => {
    const { code, stdout } = await lab("status", state);
    expect(code).toBe(0);
    const [head, ...rows] = stdout.trimEnd().split("\n");
    expect(head).toMatch(/^PROCESS +STATE +PID +ADDRESS +LOG$/);
    expect(rows.map((row) => row.split(/ +/).slice(0, 2))).toEqual(names.map((name) => [name, "ready"]));
  });

  it("gives a shell what kubectl needs", async () => {
    expect(await kubectl("get", "nodes", "-o", "name")).toBe("node/lab-node");
    expect(await kubectl("auth", "whoami", "-o", "jsonpath={.status.userInfo.username}")).toBe("kubernetes-admin");
    const { stdout } = await lab("env", state, "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      KUBECONFIG: join(state, "kubeconfig"),
      PULUMI_HOME: join(state, "pulumi"),
    });
  });

  it("lets nobody in without a certificate, and minds RBAC", async () => {
    const nobody = kubectl("get", "nodes", "--as=nobody");
    await expect(nobody).rejects.toThrow('User "nobody" cannot list resource "nodes"');
    expect(await kubectl("auth", "can-i", "get", "nodes", "--as=system:kube-scheduler")).toBe("yes");
  });

  it("holds the Corefiles of a Kubespray cluster, owned by kubectl", async () => {
    const owners = "jsonpath={.metadata.managedFields[*].manager}";
    for (const name of ["coredns", "nodelocaldns"]) {
      expect(await kubectl("-n", "kube-system", "get", "configmap", name, "--show-managed-fields", "-o", owners)).toBe(
        "kubectl-client-side-apply",
      );
    }
  });

  it("makes a Deployment available, gives its pods a log, and deletes a Namespace with all in it", async () => {
    await kubectl("create", "namespace", "shop");
    await kubectl("-n", "shop", "create", "deployment", "web", "--image=nginx", "--replicas=3");
    await kubectl("-n", "shop", "wait", "--for=condition=Available", "deployment/web", "--timeout=120s");
    expect(await kubectl("-n", "shop", "get", "pods", "-o", "jsonpath={.items[*].spec.nodeName}")).toBe(
      "lab-node lab-node lab-node",
    );
    expect(await kubectl("-n", "shop", "logs", "deployment/web")).toBe("kwok plays this pod: no container runs in it");
    await kubectl("delete", "namespace", "shop", "--timeout=120s");
  });

  it("keeps a running lab as it is", async () => {
    const before = identities();
    expect(await up()).toMatchObject({ code: 0, stderr: expect.not.stringContaining("starting") as string });
    expect(identities()).toEqual(before);
  });

  it("tells which process died, with its command and the end of its log, and starts only that anew", async () => {
    const before = identities();
    await kill([before["kube-controller-manager"]]);
    const answer = await lab("status", state);
    expect(answer.code).toBe(3);
    expect(answer.stdout).toMatch(/^kube-controller-manager +died +- /m);
    expect(answer.stdout).toMatch(
      /kube-controller-manager died\n {2}command: \/.*--leader-elect=false.*\n {2}the end of its log:\n {4}\S/,
    );

    const repair = await up();
    expect(repair).toMatchObject({ code: 0 });
    expect(repair.stderr).toMatch(/kube-controller-manager \(pid \d+\) died and is started anew\n {2}command: /);
    const { "kube-controller-manager": gone, ...others } = before;
    expect(identities()).toMatchObject(others);
    expect(identities()["kube-controller-manager"]).not.toEqual(gone);
    expect((await status()).running).toBe(true);
  });

  it("comes back with its data after everything was killed, and after a reboot", async () => {
    await kubectl("create", "namespace", "precious");
    await kubectl("-n", "kube-system", "patch", "configmap", "coredns", "-p", '{"data":{"Corefile":"edited"}}');
    const { server } = await status();
    await kill(Object.values(identities()));
    // What a reboot leaves: records of processes that were started in another boot.
    const records = new RecordFolder(layoutOf(state).records);
    for (const record of records.list())
      records.save({ ...record, identity: { ...record.identity, bootId: "before" } });
    expect((await status()).processes.map((process) => process.state)).toEqual(names.map(() => "stopped"));

    expect(await up()).toMatchObject({ code: 0, stderr: expect.not.stringContaining("died") as string });
    expect((await status()).server).toBe(server);
    expect(await kubectl("get", "namespace", "precious", "-o", "name")).toBe("namespace/precious");
    expect(await kubectl("-n", "kube-system", "get", "configmap", "coredns", "-o", "jsonpath={.data.Corefile}")).toBe(
      "edited",
    );
  });

  it("runs beside another lab, which ends with its owner", async () => {
    const stateDir = join(root, "two");
    const other = await createLab({ stateDir, installer: "kubeadm" });
    const kubeconfig = ["--kubeconfig", other.kubeconfig];
    expect(await kubectl(...kubeconfig, "get", "namespace", "precious", "--ignore-not-found")).toBe("");
    const address = "jsonpath={.spec.clusterIP}";
    expect(await kubectl(...kubeconfig, "-n", "kube-system", "get", "service", "kube-dns", "-o", address)).toBe(
      "10.96.0.10",
    );
    expect((await status()).running).toBe(true);
    await other.destroy();
    expect(processesOf(stateDir)).toEqual([]);
    expect(existsSync(stateDir)).toBe(false);
    expect((await status()).running).toBe(true);
  });

  it("leaves no process behind when Ctrl-C ends its start", async () => {
    const stateDir = join(root, "interrupted");
    const command = new LabCommand("up", stateDir, ["--offline"]);
    await command.says("starting kube-apiserver");
    expect(processesOf(join(stateDir, "etcd"))).not.toEqual([]);
    command.interrupt();
    const { code, stdout } = await command.outcome;
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    expect(processesOf(stateDir)).toEqual([]);
    expect((await lab("status", stateDir)).code).toBe(3);
  });

  it("goes down without a process left, and is gone with --delete", async () => {
    const stdout = `the lab in ${state} is stopped; its data stays for the next start\n`;
    expect(await lab("down", state)).toMatchObject({ code: 0, stdout });
    expect(processesOf(state)).toEqual([]);
    expect((await status()).processes.map((process) => process.state)).toEqual(names.map(() => "stopped"));
    expect(existsSync(state)).toBe(true);
    expect(await lab("down", state, "--delete")).toMatchObject({ code: 0 });
    expect(existsSync(state)).toBe(false);
    expect(await lab("down", state)).toMatchObject({
      code: 0,
      stderr: `there is no lab in ${state}: nothing is stopped\n`,
    });
  });
});
