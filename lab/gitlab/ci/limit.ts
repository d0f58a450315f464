/** Has works done within some limit. */
export type Limiter = <T>(work: () => Promise<T>) => Promise<T>;

/** Lets no more than so many works be in progress; the others wait in their order. */
export function limiter(most: number): Limiter {
  const waiting: (() => void)[] = [];
  let active = 0;
  return async (work) => {
    if (active >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else active += 1;
    try {
      return await work();
    } finally {
      // Whoever waits takes the place itself: one that comes just now is behind it.
      const next = waiting.shift();
      if (next === undefined) active -= 1;
      else next();
    }
  };
}
