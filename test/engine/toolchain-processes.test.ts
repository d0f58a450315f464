import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureTools, silentProgress } from "../../lab/toolchain";
import { FakeMachine } from "../unit/lab/toolchain/fake-machine";

let machine: FakeMachine;
beforeEach(() => {
  machine = new FakeMachine();
});
afterEach(() => {
  machine.remove();
});

/** Ensures tools in a process of its own, as a second `npm start` would. */
function startChild(names: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess & { said: () => string } {
  const script = join(__dirname, "support", "ensure-in-child.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, ...names], { env: { ...machine.env, ...env } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
  return Object.assign(child, { said: () => output });
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(20);
}

/** Waits until the fake `go` has ended because it was told to: until then it may write into the machine's folder. */
function untilEnded(): Promise<void> {
  return until(() => existsSync(join(machine.root, "ended")));
}

/** Waits until the fake `go` is at its build; returns its pid. */
async function untilBuilding(): Promise<number> {
  const marker = join(machine.root, "building");
  await until(() => existsSync(marker) && readFileSync(marker, "utf8").endsWith("\n"));
  return Number(readFileSync(marker, "utf8"));
}

describe("an interrupted build", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("leaves neither files nor processes after %s", async (signal) => {
    const child = startChild(["etcd"], { FAKE_GATE: machine.gate });
    await untilBuilding();
    expect(machine.cached("building")).toHaveLength(1);
    child.kill(signal);
    const [, endedBy] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
    expect(endedBy).toBe(signal);
    expect(machine.cached("building")).toEqual([]);
    expect(machine.cached("tools")).toEqual([]);
    await untilEnded();
  });

  it("is done again by the next run", async () => {
    const child = startChild(["etcd"], { FAKE_GATE: machine.gate });
    await untilBuilding();
    child.kill("SIGINT");
    await once(child, "exit");
    const toolchain = await ensureTools(["etcd"], { env: machine.env, progress: silentProgress });
    expect(existsSync(toolchain.path("etcd"))).toBe(true);
    await untilEnded();
  });
});

describe("two at once", () => {
  it("build a tool once, when they are processes: the second waits for the first and says so", async () => {
    const first = startChild(["etcd"], { FAKE_GATE: machine.gate });
    await untilBuilding();
    const second = startChild(["etcd"]);
    await until(() => second.said().includes("is at it"));
    writeFileSync(machine.gate, "");
    await Promise.all([once(first, "close"), once(second, "close")]);
    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    expect(machine.calls("build")).toEqual(["build etcd"]);
    expect(second.said()).toContain(`process ${String(first.pid)} is at it`);
    expect(machine.cached("building")).toEqual([]);
  });

  it("build a tool once, when they are calls in one process", async () => {
    const env = { ...machine.env, FAKE_GATE: machine.gate };
    const attempts = [1, 2, 3].map(() => ensureTools(["etcd"], { env, progress: silentProgress }));
    await until(() => machine.cached("building").length === 3);
    writeFileSync(machine.gate, "");
    const toolchains = await Promise.all(attempts);
    expect(new Set(toolchains.map((toolchain) => toolchain.path("etcd"))).size).toBe(1);
    expect(machine.calls("build")).toEqual(["build etcd"]);
    expect(machine.cached("tools")).toHaveLength(1);
    expect(machine.cached("building")).toEqual([]);
  });

  it("go on when the first gives up", async () => {
    const first = startChild(["etcd"], { FAKE_GATE: machine.gate });
    const orphan = await untilBuilding();
    const second = startChild(["etcd"]);
    await until(() => second.said().includes("is at it"));
    first.kill("SIGKILL");
    await once(second, "close");
    expect(second.exitCode).toBe(0);
    expect(machine.calls("build")).toHaveLength(2);
    // A killed process cannot end its children.
    process.kill(-orphan, "SIGKILL");
  });
});
