import { readFileSync } from "node:fs";

/**
 * Which process a pid meant. A pid alone is recycled, after a crash or a reboot soon so; together with the start time
 * and the boot it names one process for ever.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks from the machine's boot to the process's start: field 22 of `/proc/<pid>/stat`, see proc(5). */
  readonly startTime: string;
  /** Changes with every boot of the machine. */
  readonly bootId: string;
}

/** The identity of a running process; absent when none has the pid, or only a zombie that waits to be reaped. */
export function identify(pid: number): ProcessIdentity | undefined {
  const stat = readProc(`/proc/${String(pid)}/stat`);
  const startTime = stat === undefined ? undefined : startTimeOf(stat);
  return startTime === undefined ? undefined : { pid, startTime, bootId: bootId() };
}

/** The start time in the text of a process's `stat` file, see proc(5); absent once nothing of the process is left. */
export function startTimeOf(stat: string): string | undefined {
  // The second field is the program's name in brackets and may hold blanks and brackets itself.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // Of what follows the name, the state is field 3: the threads, field 20, are 16 further on, the start time 18.
  const [threads, startTime] = [fields[16], fields[18]];
  // The first thread may be a zombie while others still end, and keep the process's ports until they have.
  const isGone = state === "X" || (state === "Z" && Number(threads) <= 1);
  return isGone ? undefined : startTime;
}

/** Whether exactly this process is still running: never true for another one that got its pid. */
export function isRunning(identity: ProcessIdentity): boolean {
  const now = identify(identity.pid);
  return now !== undefined && now.startTime === identity.startTime && now.bootId === identity.bootId;
}

/** Whether the machine has been booted since the process was started. */
export function isOfEarlierBoot(identity: ProcessIdentity): boolean {
  return identity.bootId !== bootId();
}

/** Sends a signal to exactly this process; false when it is no longer there. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isRunning(identity)) return false;
  try {
    return process.kill(identity.pid, signal);
  } catch (error) {
    // It ended between the look and the signal.
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}

function bootId(): string {
  return readProc("/proc/sys/kernel/random/boot_id")?.trim() ?? "";
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
