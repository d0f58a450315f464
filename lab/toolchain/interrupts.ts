/**
 * Clean-ups that must also run when the process is told to stop: what is half-made is removed, children are ended.
 * They are synchronous, because nothing may be awaited on the way out.
 */
const cleanUps = new Set<() => void>();
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Registers a clean-up and returns the function that takes it back once the work is over. */
export function onInterrupt(cleanUp: () => void): () => void {
  if (cleanUps.size === 0) {
    for (const signal of signals) process.on(signal, interrupted);
    process.on("exit", cleanUpAll);
  }
  cleanUps.add(cleanUp);
  return () => {
    if (cleanUps.delete(cleanUp) && cleanUps.size === 0) release();
  };
}

function interrupted(signal: NodeJS.Signals): void {
  cleanUpAll();
  // Our listener took the signal's default away. Give it back, unless another one decides when to end.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function cleanUpAll(): void {
  // The latest first: a child is ended before the folder that it writes to is removed.
  const pending = [...cleanUps].reverse();
  cleanUps.clear();
  release();
  for (const cleanUp of pending) cleanUp();
}

function release(): void {
  for (const signal of signals) process.off(signal, interrupted);
  process.off("exit", cleanUpAll);
}
