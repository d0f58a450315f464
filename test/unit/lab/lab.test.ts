import { createServer } from "node:net";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { labEnvironment } from "../../../lab/environment";
import { createLab, destroyLab } from "../../../lab/lab";
import { layoutOf } from "../../../lab/layout";
import { withLock } from "../../../lab/lock";
import { choosePorts } from "../../../lab/port-choice";
import { isRunning, RecordFolder, startGroup } from "../../../lab/process";
import { type LabSettings, readSettings, writeSettings } from "../../../lab/settings";
import { checkPlatform, makeStateFolder } from "../../../lab/state-folder";
import { labStatus } from "../../../lab/status";

const root = mkdtempSync(join(tmpdir(), "gitops-factory-lab-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const settings: LabSettings = {
  format: 1,
  installer: "kubespray",
  ports: { etcd: 20001, etcdPeer: 20002, apiserver: 20003, controllerManager: 20004, scheduler: 20005, kwok: 20006 },
  binDirs: ["/cache/a/bin", "/cache/b/bin"],
  hasDoubles: true,
  passphrase: "lab",
};

let layout = layoutOf(root);
let count = 0;

beforeEach(() => {
  count += 1;
  layout = layoutOf(join(root, `lab-${String(count)}`));
  mkdirSync(layout.stateDir);
});

describe("a lab's environment", () => {
  it("puts its tools first on PATH, once", () => {
    const once = labEnvironment(layout, settings, "/usr/bin:/bin");
    expect(once["PATH"]).toBe("/cache/a/bin:/cache/b/bin:/usr/bin:/bin");
    expect(labEnvironment(layout, settings, once["PATH"])["PATH"]).toBe(once["PATH"]);
  });

  it("keeps the engine from looking for plugins only when the lab has doubles of them", () => {
    const name = "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION";
    expect(labEnvironment(layout, settings)[name]).toBe("true");
    expect(labEnvironment(layout, { ...settings, hasDoubles: false })).not.toHaveProperty(name);
  });

  it("keeps all of the engine's state in the lab", () => {
    const env = labEnvironment(layoutOf("/labs/my lab"), settings);
    expect(env["PULUMI_HOME"]).toBe("/labs/my lab/pulumi");
    expect(env["PULUMI_BACKEND_URL"]).toBe("file:///labs/my%20lab/stacks");
  });
});

describe("a lab's settings", () => {
  it("are read as they were written", () => {
    writeSettings(layout, settings);
    expect(readSettings(layout)).toEqual(settings);
  });

  it("are absent where there is no lab", async () => {
    expect(readSettings(layout)).toBeUndefined();
    expect(await labStatus(layout.stateDir)).toEqual({ stateDir: layout.stateDir, running: false, processes: [] });
  });

  it.each(["{", "null", '{"format":2}'])("are refused when they are %j", (text) => {
    writeFileSync(layout.settings, text);
    expect(() => readSettings(layout)).toThrow("the lab's settings cannot be read");
  });

  it("hold whose cluster it is for ever", async () => {
    writeSettings(layout, settings);
    const other = createLab({ stateDir: layout.stateDir, installer: "kubeadm" });
    await expect(other).rejects.toThrow("cannot become kubeadm's");
  });
});

describe("a lab's ports", () => {
  it("stay the same while they are free", async () => {
    const records = new RecordFolder(layout.records);
    const ports = await choosePorts(undefined, records);
    expect(new Set(Object.values(ports)).size).toBe(6);
    expect(await choosePorts(ports, records)).toEqual(ports);
  });

  it("are chosen anew when another program has taken one, after what runs was stopped", async () => {
    const records = new RecordFolder(layout.records);
    const ports = await choosePorts(undefined, records);
    const ready = (): Promise<true> => Promise.resolve(true);
    const log = join(layout.logs, "etcd.log");
    await startGroup([[{ name: "etcd", command: "/bin/sleep", args: ["60"], log, ready }]], records, {
      lifetime: "attached",
    });
    const etcd = records.find("etcd");
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(ports.kwok, "127.0.0.1", resolve));
    const others = await choosePorts(ports, records);
    await new Promise((resolve) => server.close(resolve));
    expect(Object.values(others)).not.toContain(ports.kwok);
    expect(etcd !== undefined && isRunning(etcd.identity)).toBe(false);
  });

  it("are kept while the lab's own processes listen on them", async () => {
    const records = new RecordFolder(layout.records);
    const ports = await choosePorts(undefined, records);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(ports.etcdPeer, "127.0.0.1", resolve));
    const log = join(layout.logs, "etcd.log");
    const spec = { name: "etcd", command: "/bin/sleep", args: ["60"], log, ports: [ports.etcd, ports.etcdPeer] };
    const started = await startGroup([[{ ...spec, ready: () => Promise.resolve(true as const) }]], records, {
      lifetime: "attached",
    });
    expect(await choosePorts(ports, records)).toEqual(ports);
    await started.stop();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe("changing a lab", () => {
  it("is for one at a time: the second waits until the first is done", async () => {
    const journal: string[] = [];
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const first = withLock(layout.stateDir, async () => {
      journal.push("first starts");
      await finished;
      journal.push("first ends");
    });
    const second = withLock(layout.stateDir, () => Promise.resolve(journal.push("second")), {
      waiting: () => {
        journal.push("second waits");
        finish();
      },
    });
    await Promise.all([first, second]);
    expect(journal).toEqual(["first starts", "second waits", "first ends", "second"]);
  });

  it("does not wait for work on another lab", async () => {
    const result = await withLock("/labs/a", () => withLock("/labs/b", () => Promise.resolve("both")));
    expect(result).toBe("both");
  });

  it("is given up when interrupted", async () => {
    const controller = new AbortController();
    const waiting = withLock(layout.stateDir, () =>
      withLock(layout.stateDir, () => Promise.resolve("never"), {
        signal: controller.signal,
        waiting: () => {
          controller.abort(new Error("Ctrl-C"));
        },
      }),
    );
    await expect(waiting).rejects.toThrow("Ctrl-C");
  });
});

describe("a lab's state folder", () => {
  it("is for its owner only", () => {
    const fresh = layoutOf(join(layout.stateDir, "fresh"));
    makeStateFolder(fresh);
    expect(statSync(fresh.stateDir).mode & 0o777).toBe(0o700);
  });

  it("is refused with the fix where it cannot be made", () => {
    writeFileSync(join(layout.stateDir, "file"), "");
    expect(() => {
      makeStateFolder(layoutOf(join(layout.stateDir, "file", "lab")));
    }).toThrow(/the lab's state folder cannot be made: ENOTDIR.*\n {2}fix: {5}make the folder above it writable/);
  });

  it("is refused on a machine without Linux", () => {
    expect(() => {
      checkPlatform(layout, "darwin");
    }).toThrow("a lab cannot run on this operating system");
  });
});

describe("removing a lab", () => {
  it("takes its folder away", async () => {
    writeSettings(layout, settings);
    await destroyLab(layout.stateDir);
    expect(existsSync(layout.stateDir)).toBe(false);
  });

  it("leaves a folder alone that is no lab's", async () => {
    writeFileSync(join(layout.stateDir, "thesis.txt"), "years of work");
    await destroyLab(layout.stateDir);
    expect(existsSync(join(layout.stateDir, "thesis.txt"))).toBe(true);
  });
});
