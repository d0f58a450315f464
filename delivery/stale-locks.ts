import { readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What Pulumi's file backend writes into a lock. */
interface Lock {
  readonly pid: number;
  readonly hostname: string;
}

/**
 * Removes the locks that a `pulumi` which was killed has left on a stack of a file backend, as `pulumi cancel` would;
 * the lock of a process that still runs, or of another machine, stays.
 *
 * @param backend the backend's URL: `file:///…`
 * @returns the ids of the processes whose locks were removed
 */
export function removeStaleLocks(backend: string, project: string, stack: string): number[] {
  const folder = join(fileURLToPath(backend), ".pulumi", "locks", "organization", project, stack);
  const stale = lockFiles(folder).flatMap((file) => {
    const lock = readLock(file);
    return lock !== undefined && lock.hostname === hostname() && !isRunning(lock.pid) ? [{ file, pid: lock.pid }] : [];
  });
  for (const { file } of stale) rmSync(file, { force: true });
  return stale.map(({ pid }) => pid);
}

function lockFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function readLock(file: string): Lock | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Lock;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
