import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../model/problem";

/** Why a file cannot be written, by the system's code for it. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "its folder does not exist",
  ENOTDIR: "a part of its path is no folder",
  EEXIST: "it is a file",
  EISDIR: "it is a folder",
  EACCES: "you may not write it",
  EROFS: "its file system is read-only",
  ENOSPC: "the disk is full",
};

/**
 * Writes what a command prints to the file of its `--output`.
 *
 * @param option what the command calls it
 * @throws UserError when it cannot be written
 */
export function writeOutput(file: string, text: string, option = "--output"): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw unwritable("file", file, error, `name a file in a folder that exists and is yours, by ${option}`);
  }
}

/**
 * Makes the folder of an `--output` unless it is there, and takes out of it what an earlier run has left.
 *
 * @param files their names in the folder
 * @throws UserError when it cannot be written
 */
export function clearOutput(folder: string, files: readonly string[]): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const file of files) rmSync(join(folder, file), { force: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw unwritable("folder", folder, error, "name a folder that is yours, by --output");
  }
}

function unwritable(what: "file" | "folder", place: string, error: unknown, fix: string): UserError {
  if (!(error instanceof Error && "code" in error)) throw error;
  const message = `the ${what} cannot be written: ${REASONS[String(error.code)] ?? error.message}`;
  return new UserError([{ severity: "error", file: place, path: "", message, fix }]);
}
