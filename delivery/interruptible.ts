import { constants } from "node:os";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * A signal that comes so soon after another is the same one, in milliseconds: npm passes on what the terminal has
 * already sent to all of its children.
 */
const ECHO_MS = 1000;

/**
 * Runs work that can be told to stop by Ctrl-C or a signal: its `AbortSignal` is aborted then, and it cleans up
 * before it rejects. The exit code is that of a program which the signal has ended: 130 after Ctrl-C.
 *
 * @param work gets a second `AbortSignal`, which is aborted by the next Ctrl-C: for what can be cut short all the same
 * @returns what the work did; `undefined` after an interrupt
 */
export async function interruptible<T>(
  work: (signal: AbortSignal, again: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const first = new AbortController();
  const second = new AbortController();
  let interruptedAt = 0;
  const interrupt = (signal: NodeJS.Signals): void => {
    if (first.signal.aborted) {
      if (performance.now() - interruptedAt >= ECHO_MS) second.abort(new Error(`interrupted again by ${signal}`));
      return;
    }
    interruptedAt = performance.now();
    process.exitCode = 128 + constants.signals[signal];
    process.stderr.write(`\n${signal}: stopping what was started\n`);
    first.abort(new Error(`interrupted by ${signal}`));
  };
  for (const signal of signals) process.on(signal, interrupt);
  try {
    return await work(first.signal, second.signal);
  } catch (error) {
    if (first.signal.aborted) return undefined;
    throw error;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}
