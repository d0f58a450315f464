import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { identify, isOfEarlierBoot, isRunning, signalProcess, stopProcess } from "../../../../lab/process";
import { startTimeOf } from "../../../../lab/process/identity";
import { shell, startForTest, temporaryFolder } from "./sample";

const folder = temporaryFolder();

describe("a process's identity", () => {
  it("is the same at every look", () => {
    expect(identify(process.pid)).toEqual(identify(process.pid));
  });

  it("is right for a program whose name holds blanks and brackets", async () => {
    const child = spawn(process.execPath, [
      "-e",
      "process.title = 'a) S 1 (b'; console.log('set'); setInterval(() => {}, 1000)",
    ]);
    await once(child.stdout, "data");
    const identity = identify(child.pid ?? 0);
    expect(identity?.startTime).toMatch(/^\d+$/);
    expect(Number(identity?.startTime)).toBeGreaterThanOrEqual(Number(identify(process.pid)?.startTime));
    child.kill("SIGKILL");
    await once(child, "exit");
  });

  it("ends with the process", async () => {
    const identity = await startForTest(shell(folder, "exec sleep 60", { name: "ends" }));
    expect(isRunning(identity)).toBe(true);
    await stopProcess(identity);
    expect(isRunning(identity)).toBe(false);
    expect(identify(identity.pid)).toBeUndefined();
  });

  it("does not take another process with the same pid for it, and never ends that one", async () => {
    const identity = await startForTest(shell(folder, "exec sleep 60", { name: "recycled" }));
    const before = { ...identity, startTime: String(Number(identity.startTime) - 1) };
    expect(isRunning(before)).toBe(false);
    expect(signalProcess(before, "SIGKILL")).toBe(false);
    await stopProcess(before);
    expect(isRunning(identity)).toBe(true);
  });

  it("lasts until the last thread has ended, as the port of a server does", () => {
    const stat = (state: string, threads: number): string =>
      `42 (kube apiserver) ${state} 1 42 42 0 -1 0 0 0 0 0 0 0 0 0 20 0 ${String(threads)} 0 4711 0 0`;
    expect(startTimeOf(stat("S", 12))).toBe("4711");
    expect(startTimeOf(stat("Z", 12))).toBe("4711");
    expect(startTimeOf(stat("Z", 1))).toBeUndefined();
    expect(startTimeOf(stat("X", 0))).toBeUndefined();
  });

  it("does not survive a reboot, even when pid and start time come again", async () => {
    const identity = await startForTest(shell(folder, "exec sleep 60", { name: "rebooted" }));
    const before = { ...identity, bootId: "00000000-0000-4000-8000-000000000000" };
    expect(isOfEarlierBoot(before)).toBe(true);
    expect(isOfEarlierBoot(identity)).toBe(false);
    await stopProcess(before);
    expect(isRunning(identity)).toBe(true);
  });
});

describe("stopping a process", () => {
  it("lets it end by itself first", async () => {
    const script = "trap 'exit 0' TERM; echo up; while :; do sleep 0.05; done";
    const identity = await startForTest(shell(folder, script, { name: "polite" }));
    await stopProcess(identity, 60_000);
    expect(isRunning(identity)).toBe(false);
  });

  it("ends one that does not obey after the grace time", async () => {
    const script = "trap '' TERM; while :; do sleep 0.05; done";
    const identity = await startForTest(shell(folder, script, { name: "stubborn" }));
    await stopProcess(identity, 100);
    expect(isRunning(identity)).toBe(false);
  });

  it("does nothing when it is gone already", async () => {
    const identity = await startForTest(shell(folder, "exec sleep 60", { name: "gone" }));
    await stopProcess(identity);
    await expect(stopProcess(identity)).resolves.toBeUndefined();
  });
});
