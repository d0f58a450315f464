import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync } from "node:fs";
import { dirname } from "node:path";

/** Opens a process's log for it to write to. The log of its last run is kept as `<log>.previous`. */
export function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  try {
    renameSync(path, `${path}.previous`);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
  // Others of the machine need not read what API servers log.
  return openSync(path, "a", 0o600);
}

/** More than any twenty lines take, even of structured logs. */
const tailBytes = 64 * 1024;
/** Enough of a line to know what it says; panics and configuration dumps are longer. */
const maxColumns = 400;

/** The last lines of a log, the latest last; empty when there is none. */
export function logTail(path: string, lines = 20): string[] {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return [];
  }
  try {
    const { size } = fstatSync(file);
    const buffer = Buffer.alloc(Math.min(size, tailBytes));
    const read = readSync(file, buffer, 0, buffer.length, size - buffer.length);
    return buffer
      .subarray(0, read)
      .toString("utf8")
      .trimEnd()
      .split("\n")
      .slice(-lines)
      .filter((line) => line !== "")
      .map((line) => (line.length > maxColumns ? `${line.slice(0, maxColumns)}…` : line));
  } finally {
    closeSync(file);
  }
}
