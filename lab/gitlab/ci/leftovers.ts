import { readdirSync, readFileSync, rmSync } from "node:fs";

/**
 * Ends what a killed double's jobs have left running, known by a HOME below the folder of runs, and removes the folder.
 * Works on what /proc shows of the own user's processes.
 */
export function endLeftovers(runs: string): void {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    if (!environmentOf(pid).some((line) => line.startsWith(`HOME=${runs}/`))) continue;
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It ended by itself.
    }
  }
  rmSync(runs, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

function environmentOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}
