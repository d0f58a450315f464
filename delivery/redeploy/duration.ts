import { InvalidArgumentError } from "commander";

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** `90s`, `10m` or `1h`, in milliseconds; a number alone is seconds. For commander's options. */
export function parseDuration(text: string): number {
  const [, amount = "", unit = "s"] = /^(\d+(?:\.\d+)?)([smh])?$/.exec(text) ?? [];
  const milliseconds = Number(amount) * (UNITS[unit] ?? Number.NaN);
  if (amount === "" || !(milliseconds > 0))
    throw new InvalidArgumentError("A duration is a number with s, m or h: 90s, 10m.");
  return milliseconds;
}
