import { writeFileSync } from "node:fs";
import { UserError } from "../model/problem";

/** Why a file cannot be written, by the system's code for it. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "a part of its path is no folder",
  EISDIR: "it is a folder",
  EACCES: "you may not write it",
  EROFS: "its file system is read-only",
  ENOSPC: "the disk is full",
};

/**
 * Writes what a command prints to the file of its `--output`.
 *
 * @throws UserError when it cannot be written
 */
export function writeOutput(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new UserError([
      {
        severity: "error",
        file,
        path: "",
        message: `the file cannot be written: ${REASONS[String(error.code)] ?? error.message}`,
        fix: "name a file in a folder that exists and is yours, by --output",
      },
    ]);
  }
}
