import { createHash, randomInt } from "node:crypto";

/** A source of integers: from 0 up to and without `bound`, each as likely as the others. */
export type Dice = (bound: number) => number;

/** Unpredictable: from the system's cryptographic generator. */
export const cryptographicDice: Dice = (bound) => randomInt(bound);

/**
 * The same row of integers for the same seed. It is not the official plugin's row, which comes from Go's generator:
 * the documentation promises no more than that a value with a seed changes less often.
 */
function seededDice(seed: string): Dice {
  let counter = 0;
  const range = 2 ** 48;
  const next = (): number => createHash("sha256").update(`${seed}\0${counter++}`).digest().readUIntBE(0, 6);
  return (bound) => {
    const limit = range - (range % bound);
    let value = next();
    while (value >= limit) value = next();
    return value % bound;
  };
}

/** Dice by an optional seed; an empty one is none. */
export function dice(seed: string): Dice {
  return seed === "" ? cryptographicDice : seededDice(seed);
}

/** A copy in random order. */
export function shuffled<T>(items: readonly T[], roll: Dice): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = roll(last + 1);
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

/** So many items, each picked from all. Throws when there is nothing to pick from. */
export function picked<T>(items: readonly T[], count: number, roll: Dice): T[] {
  return Array.from({ length: count }, () => items[roll(items.length)] as T);
}
