import { setTimeout as delay } from "node:timers/promises";

/** Between two looks. */
const interval = 200;

/**
 * Looks until there is something to be seen. Throws after `timeout` milliseconds with what is to be seen instead.
 * @param look gives undefined as long as it is not so
 * @param otherwise describes how it is instead
 */
export async function eventually<T>(
  look: () => Promise<T | undefined>,
  otherwise: () => Promise<string> | string,
  timeout = 60_000,
): Promise<T> {
  const deadline = Date.now() + timeout;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`after ${String(timeout / 1000)} s ${await otherwise()}`);
    await delay(interval);
  }
}
