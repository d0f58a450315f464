import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import type { Report } from "./report";

/** Why the system refuses, by its code. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  ENOTDIR: "it is no folder, or lies in none",
  EACCES: "you may not read it",
  ELOOP: "it is a symbolic link that leads back to itself",
};

/** Why a file or folder cannot be read, from what the system has thrown; any other error is thrown on. */
export function whyUnreadable(error: unknown): string {
  if (!(error instanceof Error && "code" in error)) throw error;
  return REASONS[String(error.code)] ?? error.message;
}

/**
 * The text of a file that people write. What is wrong with the file as a whole is reported: that it cannot be read, is
 * a folder or a pipe, which would be waited for, or is not UTF-8, of which a part would be lost without a word.
 */
export function readText(absolute: string, report: Report): string | undefined {
  try {
    if (statSync(absolute).isFile()) {
      const bytes = readFileSync(absolute);
      if (isUtf8(bytes)) return bytes.toString("utf8");
      report.error([], { message: "the file is not UTF-8 text", fix: "store it in UTF-8" });
    } else {
      report.error([], { message: "it is no file", allowed: "a file of text", fix: "put a file in its place" });
    }
  } catch (error) {
    report.error([], {
      message: `the file cannot be read: ${whyUnreadable(error)}`,
      fix: "put a file in its place that you may read",
    });
  }
  return undefined;
}
