import { vi } from "vitest";

/** What was printed since it was caught. */
export interface Printed {
  out: string;
  err: string;
}

/** Catches what this process prints, until `vi.restoreAllMocks()`. */
export function catchPrinted(): Printed {
  const printed: Printed = { out: "", err: "" };
  for (const [stream, name] of [
    [process.stdout, "out"],
    [process.stderr, "err"],
  ] as const) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      printed[name] += String(text);
      return true;
    });
  }
  return printed;
}
