import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  type GroupOptions,
  identify,
  isRunning,
  logTail,
  type ProcessSpec,
  RecordFolder,
  signalProcess,
  startGroup,
  type Stages,
  stopGroup,
} from "../../../../lab/process";
import { shell, temporaryFolder } from "./sample";

const folder = temporaryFolder();
let count = 0;
let records: RecordFolder;
let journal: string;
const notes: string[] = [];

/** A group of its own for each test. */
function newGroup(): void {
  count += 1;
  records = new RecordFolder(join(folder, `run-${String(count)}`));
  journal = join(folder, `journal-${String(count)}`);
  notes.length = 0;
}

/** Writes its start and its end into the journal. */
function journalling(name: string, more: Partial<ProcessSpec> = {}): ProcessSpec {
  const script = `trap 'echo stop ${name} >>${journal}; exit 0' TERM; echo start ${name} >>${journal}; while :; do sleep 0.02; done`;
  const ready = (): Promise<true | string> => Promise.resolve(journalLines().includes(`start ${name}`) || "not yet");
  return shell(folder, script, { name, ready, ...more });
}

function journalLines(): string[] {
  try {
    return readFileSync(journal, "utf8").trimEnd().split("\n");
  } catch {
    return [];
  }
}

async function start(stages: Stages, more: Partial<GroupOptions> = {}): Promise<{ stop(): Promise<void> }> {
  return startGroup(stages, records, { lifetime: "attached", note: (line) => notes.push(line), ...more });
}

function pids(): (number | undefined)[] {
  return records.list().map((record) => record.identity.pid);
}

describe("a group of processes", () => {
  afterEach(async () => {
    await stopGroup(records);
  });

  it("starts in the order of its stages and stops in reverse", async () => {
    newGroup();
    await start([[journalling("etcd")], [journalling("apiserver")], [journalling("kwok")]]);
    await stopGroup(records);
    expect(journalLines()).toEqual([
      "start etcd",
      "start apiserver",
      "start kwok",
      "stop kwok",
      "stop apiserver",
      "stop etcd",
    ]);
    expect(records.list()).toEqual([]);
  });

  it("keeps what runs", async () => {
    newGroup();
    const stages = [[journalling("etcd")], [journalling("apiserver")]];
    await start(stages);
    const before = pids();
    await start(stages);
    expect(pids()).toEqual(before);
    expect(notes).toEqual([]);
  });

  it("reports what died with command and log, and starts only that anew", async () => {
    newGroup();
    const dying = shell(folder, "echo 'panic: out of memory'; exec sleep 60", {
      name: "dying",
      ready: () => Promise.resolve(logTail(join(folder, "dying.log")).length > 0 || "not yet"),
    });
    const stages = [[journalling("etcd")], [dying]];
    await start(stages);
    const [etcd, died] = records.list();
    signalProcess(died?.identity ?? fail(), "SIGKILL");
    await untilGone(died?.identity.pid ?? 0);
    await start(stages);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain(`dying (pid ${String(died?.identity.pid)}) died and is started anew`);
    expect(notes[0]).toContain("command: /bin/sh -c 'echo '\\''panic: out of memory'\\''; exec sleep 60'");
    expect(notes[0]).toContain("    panic: out of memory");
    expect(records.find("etcd")?.identity).toEqual(etcd?.identity);
    expect(records.find("dying")?.identity).not.toEqual(died?.identity);
  });

  it("leaves a process alone that has got the pid of one that died", async () => {
    newGroup();
    await start([[journalling("bystander")]]);
    const { identity } = records.find("bystander") ?? fail();
    const recycled = { ...identity, startTime: String(Number(identity.startTime) - 1) };
    records.save({ ...(records.find("bystander") ?? fail()), name: "etcd", identity: recycled });
    await start([[journalling("etcd")]]);
    expect(notes[0]).toContain("its pid is another process's by now");
    expect(isRunning(identity)).toBe(true);
  });

  it("says nothing of processes that a reboot has ended", async () => {
    newGroup();
    await start([[journalling("etcd")]]);
    const record = records.find("etcd") ?? fail();
    await stopGroup(records);
    records.save({ ...record, identity: { ...record.identity, bootId: "another" } });
    await start([[journalling("etcd")]]);
    expect(notes).toEqual([]);
    expect(isRunning((records.find("etcd") ?? fail()).identity)).toBe(true);
  });

  it("starts a process anew whose command has changed", async () => {
    newGroup();
    await start([[shell(folder, "exec sleep 60", { name: "changing" })]]);
    const before = records.find("changing")?.identity ?? fail();
    await start([[shell(folder, "exec sleep 61", { name: "changing" })]]);
    expect(notes).toEqual(["changing is started anew: its command has changed"]);
    expect(isRunning(before)).toBe(false);
  });

  it("stops what it started when one fails, and keeps what ran before", async () => {
    newGroup();
    const etcd = journalling("etcd");
    await start([[etcd]]);
    const failing = shell(folder, "exit 1", { name: "failing", ready: () => Promise.resolve("never") });
    const slow = shell(folder, "exec sleep 60", { name: "slow", ready: () => Promise.resolve("never") });
    await expect(start([[etcd], [journalling("apiserver")], [failing, slow]])).rejects.toThrow(
      "failing exited with code 1",
    );
    expect(records.list().map((record) => record.name)).toEqual(["etcd"]);
    expect(journalLines()).toEqual(["start etcd", "start apiserver", "stop apiserver"]);
  });

  it("leaves nothing behind when it is interrupted", async () => {
    newGroup();
    const controller = new AbortController();
    const slow = shell(folder, "exec sleep 60", {
      name: "slow",
      ready: () => {
        controller.abort(new Error("Ctrl-C"));
        return Promise.resolve("never");
      },
    });
    await expect(start([[journalling("etcd")], [slow]], { signal: controller.signal })).rejects.toThrow("Ctrl-C");
    expect(records.list()).toEqual([]);
    expect(journalLines()).toEqual(["start etcd", "stop etcd"]);
  });

  it("takes back only what one call has started", async () => {
    newGroup();
    await start([[journalling("etcd")]]);
    const started = await start([[journalling("etcd")], [journalling("apiserver")]]);
    await started.stop();
    expect(records.list().map((record) => record.name)).toEqual(["etcd"]);
    expect(journalLines()).toEqual(["start etcd", "start apiserver", "stop apiserver"]);
  });
});

function fail(): never {
  throw new Error("the record is missing");
}

async function untilGone(pid: number): Promise<void> {
  while (identify(pid) !== undefined) await new Promise((resolve) => setTimeout(resolve, 10));
}
