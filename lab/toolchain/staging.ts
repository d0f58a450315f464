import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { mkdir, rename, rm, utimes } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onInterrupt } from "./interrupts";

/** How often a working process marks its folder, and after how long without a mark it counts as gone. */
const heartbeatMs = 5_000;
const silentMs = 60_000;
/** After this long without a mark a folder is removed, even if some process has its pid by now. */
const abandonedMs = 24 * 60 * 60 * 1000;

let serial = 0;

/**
 * A folder in which something is made before it is moved to its place, so that what has a place is complete.
 *
 * Its name, `<work>.<time>.<pid>.<serial>`, also tells other processes who is at which work: the one that came first
 * goes on, the others wait for its result. Should two believe to be first, both do the work and one result is kept.
 */
export class Staging {
  private constructor(
    readonly folder: string,
    private readonly work: string,
    private readonly stop: () => void,
  ) {}

  /** Makes the folder. It is gone after `close()`, and also after a signal that ends this process. */
  static open(root: string, work: string): Staging {
    serial += 1;
    const name = [work, Date.now(), process.pid, serial].join(".");
    const folder = join(stagingRoot(root), name);
    mkdirSync(folder, { recursive: true });
    const remove = (): void => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    };
    const forget = onInterrupt(remove);
    const beat = setInterval(() => {
      // A folder that someone removed by hand makes the work fail by itself, with a better message.
      utimes(folder, new Date(), new Date()).catch(() => undefined);
    }, heartbeatMs).unref();
    return new Staging(folder, work, () => {
      clearInterval(beat);
      remove();
      forget();
    });
  }

  close(): void {
    this.stop();
  }

  /**
   * Waits while another process, that came first, is at the same work; `onWait` gets its pid, once.
   * Returns whether the work is done by then, as `isDone` tells.
   */
  async waitForOthers(isDone: () => boolean, onWait: (pid: number) => void): Promise<boolean> {
    let waitedFor: number | undefined;
    for (;;) {
      if (isDone()) return true;
      const first = this.earlierOwner();
      if (first === undefined) return false;
      if (first !== waitedFor) onWait(first);
      waitedFor = first;
      await sleep(250);
    }
  }

  /** Moves `made`, which lies in this folder, to `place`, unless a complete one was put there meanwhile. */
  async publish(made: string, place: string, isComplete: () => boolean): Promise<void> {
    await mkdir(dirname(place), { recursive: true });
    try {
      await rename(made, place);
    } catch (error) {
      if (!["ENOTEMPTY", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
      if (isComplete()) return;
      await rm(place, { recursive: true, force: true });
      await rename(made, place);
    }
  }

  private earlierOwner(): number | undefined {
    const mine = parseName(basename(this.folder));
    const earlier = listStagings(dirname(this.folder)).find(
      (other) => other.work === this.work && isBefore(other, mine) && isAlive(other.pid) && other.silentFor < silentMs,
    );
    return earlier?.pid;
  }
}

/** Removes what processes left behind that were killed before they could clean up. */
export function sweepStagings(root: string): void {
  for (const { folder, pid, silentFor } of listStagings(stagingRoot(root))) {
    // A pid says little when the cache is shared between containers, hence the wait for a heartbeat.
    const isAbandoned = silentFor > abandonedMs || (silentFor > silentMs && !isAlive(pid));
    if (isAbandoned) removeIfAllowed(folder);
  }
}

/** A leftover is in nobody's way: one that belongs to another user is left to them. */
function removeIfAllowed(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (!["EACCES", "EPERM", "EROFS"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

interface StagingName {
  readonly work: string;
  readonly time: number;
  readonly pid: number;
  readonly serial: number;
}

function stagingRoot(root: string): string {
  return join(root, "building");
}

function parseName(name: string): StagingName {
  const [serial, pid, time, ...work] = name.split(".").reverse();
  return { work: work.reverse().join("."), time: Number(time), pid: Number(pid), serial: Number(serial) };
}

function isBefore(a: StagingName, b: StagingName): boolean {
  const [difference = 0] = [a.time - b.time, a.pid - b.pid, a.serial - b.serial].filter((part) => part !== 0);
  return difference < 0;
}

function listStagings(parent: string): (StagingName & { folder: string; silentFor: number })[] {
  if (!existsSync(parent)) return [];
  const names = readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names.flatMap(({ name }) => {
    const folder = join(parent, name);
    const marked = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
    return marked === undefined ? [] : [{ ...parseName(name), folder, silentFor: Date.now() - marked }];
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is alive as well.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
