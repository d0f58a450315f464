import { constants } from "node:os";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Runs work that can be told to stop by Ctrl-C or a signal: its `AbortSignal` is aborted then, and it cleans up
 * before it rejects. The exit code is that of a program which the signal has ended: 130 after Ctrl-C.
 *
 * @returns what the work did; `undefined` after an interrupt
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  const controller = new AbortController();
  const interrupt = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) return;
    process.exitCode = 128 + constants.signals[signal];
    process.stderr.write(`\n${signal}: stopping what was started\n`);
    controller.abort(new Error(`interrupted by ${signal}`));
  };
  for (const signal of signals) process.on(signal, interrupt);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) return undefined;
    throw error;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}
