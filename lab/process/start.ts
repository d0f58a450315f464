import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { ProcessFailure } from "./failure";
import { identify, type ProcessIdentity } from "./identity";
import { openLog } from "./log";
import { waitUntilReady } from "./probe";
import type { ProcessSpec } from "./spec";
import { stopProcess } from "./stop";

/**
 * How long a process lives. `attached`: until this process ends, however it ends; the kernel sees to that, so that
 * not even SIGKILL leaves one behind. `detached`: in a session of its own, until it is stopped.
 */
export type Lifetime = "attached" | "detached";

export interface StartOptions {
  readonly lifetime: Lifetime;
  /** Stops the process again when aborted before it is ready. */
  readonly signal?: AbortSignal;
  /** Called as soon as the process exists, to record it before anything can go wrong. */
  readonly onSpawn?: (identity: ProcessIdentity) => void;
}

/**
 * Starts a process and waits until it is ready. One that exits, or is not ready in time, makes a `ProcessFailure`;
 * nothing is left running then, nor after an abort.
 */
export async function startProcess(spec: ProcessSpec, options: StartOptions): Promise<ProcessIdentity> {
  const signal = options.signal ?? new AbortController().signal;
  signal.throwIfAborted();
  const child = spawnProcess(spec, options.lifetime);
  const ended = new AbortController();
  const exit = endOf(child).then((fact) => {
    ended.abort();
    return fact;
  });
  const identity = child.pid === undefined ? undefined : identify(child.pid);
  if (identity === undefined) throw new ProcessFailure(spec, `${await exit} before it was ready`);
  options.onSpawn?.(identity);
  const timeout = spec.readyTimeout ?? 60_000;
  try {
    const reason = await waitUntilReady(spec.ready, timeout, AbortSignal.any([signal, ended.signal]));
    if (reason === undefined) {
      // From here on it no longer keeps this process from ending.
      child.unref();
      return identity;
    }
    throw new ProcessFailure(spec, `was not ready within ${String(timeout / 1000)} s: ${reason}`);
  } catch (error) {
    await stopProcess(identity, spec.stopGrace);
    signal.throwIfAborted();
    if (ended.signal.aborted && !(error instanceof ProcessFailure)) {
      throw new ProcessFailure(spec, `${await exit} before it was ready`);
    }
    throw error;
  }
}

function spawnProcess(spec: ProcessSpec, lifetime: Lifetime): ChildProcess {
  // setpriv asks the kernel to kill the process when its parent is gone, then becomes the process: the pid stays.
  const [command, args] =
    lifetime === "attached"
      ? ["setpriv", ["--pdeathsig", "KILL", "--", spec.command, ...spec.args]]
      : [spec.command, [...spec.args]];
  const log = openLog(spec.log);
  try {
    return spawn(command, args, {
      cwd: spec.cwd,
      env: { PATH: process.env["PATH"] ?? "", ...spec.env },
      // A session of its own: Ctrl-C on the terminal is for the command, which decides what becomes of its processes.
      detached: lifetime === "detached",
      stdio: ["ignore", log, log],
    });
  } finally {
    closeSync(log);
  }
}

/** What the end of the process was: `exited with code 1`. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => {
      resolve(`could not be started (${error.message})`);
    });
    child.once("exit", (code, signal) => {
      resolve(signal === null ? `exited with code ${String(code)}` : `was ended by ${signal}`);
    });
  });
}
