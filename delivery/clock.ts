import { setTimeout as delay } from "node:timers/promises";

/** The time as a delivery sees it; tests have one of their own that does not wait. */
export interface Clock {
  /** Milliseconds, of which only differences mean something. */
  now(): number;
  /** Rejects as soon as the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
};

/** Waits that grow by half from the first to the longest, in milliseconds. */
export function* backoff(first: number, longest: number): Generator<number, never> {
  for (let wait = first; ; wait = Math.min(longest, wait * 1.5)) yield wait;
}
