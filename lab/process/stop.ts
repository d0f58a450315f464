import { setTimeout as delay } from "node:timers/promises";
import { isRunning, type ProcessIdentity, signalProcess } from "./identity";

/** Between two looks at whether a process has ended. It need not be our child, so that no event tells. */
const interval = 20;
/** How long the kernel may take to end a process after SIGKILL: it writes back and unmaps its memory. */
const killTimeout = 10_000;

/**
 * Asks a process to end by SIGTERM and, after `grace` milliseconds, ends it by SIGKILL. Resolves when it is gone; one
 * that is not running any more, or whose pid is another's by now, is left alone.
 */
export async function stopProcess(identity: ProcessIdentity, grace = 10_000): Promise<void> {
  if (!signalProcess(identity, "SIGTERM")) return;
  if (await hasEnded(identity, grace)) return;
  signalProcess(identity, "SIGKILL");
  if (await hasEnded(identity, killTimeout)) return;
  throw new Error(`process ${String(identity.pid)} is still there ${String(killTimeout / 1000)} s after SIGKILL`);
}

async function hasEnded(identity: ProcessIdentity, timeout: number): Promise<boolean> {
  const deadline = Date.now() + timeout;
  while (isRunning(identity)) {
    if (Date.now() >= deadline) return false;
    await delay(interval);
  }
  return true;
}
