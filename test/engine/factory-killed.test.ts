import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { removeStaleLocks } from "../../delivery/stale-locks";
import { Factory } from "./support/factory";
import { objectChanges, type Run, succeeded } from "./support/pulumi-run";
import type { RunningCommand } from "./support/pulumi-stack";

const UP = ["up", "--skip-preview", "--yes"] as const;

type Moment = (soFar: Pick<Run, "steps" | "ended">) => boolean;

const early: Moment = ({ ended }) => ended >= 5;
/** Argo CD's workloads are being made. */
const inTheMiddle: Moment = ({ steps }) => steps.some(({ type }) => type.endsWith(":Deployment"));
/** The last stage has begun. */
const late: Moment = ({ steps }) => steps.some(({ type }) => type.endsWith(":Application"));

/**
 * One update is cut off again and again, each time later than before, until it is let through: what is true of the
 * end is true after every one of these ends.
 */
describe("An update that was cut off is completed by the next", { timeout: 900_000 }, () => {
  let factory: Factory;

  beforeAll(async () => {
    factory = await Factory.start();
  }, 600_000);
  afterAll(() => factory?.dispose());

  /** Starts an update and ends it by a signal to its process group when the moment has come. */
  async function cutOff(moment: Moment, signal: NodeJS.Signals): Promise<Run> {
    const running = factory.stack.start(...UP);
    await reached(moment, running);
    process.kill(-(running.process.pid ?? 0), signal);
    const run = await running.done;
    expect(await pluginsLeft(factory)).toEqual([]);
    return run;
  }

  it("ends in order after Ctrl-C: what it has begun is finished and known, and nothing is locked", async () => {
    const run = await cutOff(early, "SIGINT");
    expect(run.exitCode).not.toBe(0);
    expect(run.signal).toBeNull();
    expect(locks(factory)).toEqual([]);
    expect(await pendingOperations(factory)).toEqual([]);
  });

  it("leaves a lock when it is killed, which `pulumi cancel` removes", async () => {
    const run = await cutOff(early, "SIGKILL");
    expect(run.signal).toBe("SIGKILL");

    const refused = await factory.stack.up();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stderr + refused.stdout).toContain("pulumi cancel");
    expect(objectChanges(refused)).toEqual([]);
    await factory.stack.must("cancel", "--yes");
    expect(locks(factory)).toEqual([]);
  });

  it("leaves a lock that the next `factory start` removes, as the process that wrote it is gone", async () => {
    const backend = factory.lab.env["PULUMI_BACKEND_URL"] ?? "";
    const running = factory.stack.start(...UP);
    await reached(inTheMiddle, running);
    expect(removeStaleLocks(backend, "gitops-factory", "dev")).toEqual([]);
    process.kill(-(running.process.pid ?? 0), "SIGKILL");
    await running.done;
    expect(await pluginsLeft(factory)).toEqual([]);
    expect(removeStaleLocks(backend, "gitops-factory", "dev")).toEqual([running.process.pid]);
    expect(locks(factory)).toEqual([]);
  });

  it("is completed when it was killed shortly before its end", async () => {
    await cutOff(late, "SIGKILL");
    await factory.stack.must("cancel", "--yes");
    const last = await succeeded(factory.stack.up());
    expect(last.failed).toEqual([]);
    expect(objectChanges(last).length).toBeGreaterThan(0);
    // An update is what completes an object that was created, but not yet ready when Ctrl-C came.
    expect(objectChanges(last).filter((change) => !/^(?:create|update) /.test(change))).toEqual([]);
  });

  it("leaves nothing behind of having been cut off", async () => {
    expect(await pendingOperations(factory)).toEqual([]);
    const again = await succeeded(factory.stack.up("--refresh", "--expect-no-changes"));
    expect(objectChanges(again)).toEqual([]);
    const urns = (await factory.stack.resources()).map(({ urn }) => urn);
    expect(new Set(urns).size).toBe(urns.length);
    for (const { metadata, spec, status } of await factory.list("deployments,statefulsets", "-n", "argocd")) {
      expect(status?.["availableReplicas"], metadata.name).toBe(spec?.["replicas"]);
    }
    const applications = await factory.list("applications");
    expect(applications).toHaveLength(4);
  });
});

async function reached(moment: Moment, running: RunningCommand): Promise<void> {
  let over = false;
  void running.done.then(() => (over = true));
  while (!moment(running.soFar())) {
    if (over) throw new Error("the update was over before the moment to cut it off");
    await sleep(20);
  }
}

/** The files by which the backend knows that a stack is being changed. */
function locks({ lab }: Factory): string[] {
  const folder = join(lab.stateDir, "stacks", ".pulumi", "locks");
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json"));
}

async function pendingOperations({ stack }: Factory): Promise<object[]> {
  const { deployment } = JSON.parse(await stack.must("stack", "export")) as {
    deployment: { pending_operations?: object[] };
  };
  return deployment.pending_operations ?? [];
}

/** Pulumi's own: its language host looks every five minutes whether its engine lives, and the program ends with it. */
const LANGUAGE_HOST = /pulumi-language-nodejs|@pulumi\/pulumi\/cmd\/run/;

/** The commands of what still runs besides, a minute later at most: the plugins. The language host is ended here. */
async function pluginsLeft({ lab }: Factory): Promise<string[]> {
  const processes = (): { pid: number; command: string }[] =>
    readdirSync("/proc")
      .filter((pid) => read(pid, "environ").includes(`PULUMI_HOME=${lab.stateDir}/`))
      .map((pid) => ({ pid: Number(pid), command: read(pid, "cmdline").replaceAll("\0", " ") }));
  for (const { pid, command } of processes()) if (LANGUAGE_HOST.test(command)) end(pid);
  for (let attempt = 0; attempt < 600 && processes().length > 0; attempt += 1) await sleep(100);
  return processes().map(({ command }) => command);
}

/** Ends a process, unless it has just ended by itself. */
function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** A file of a process's folder; empty when the process is gone. */
function read(pid: string, file: "environ" | "cmdline"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
