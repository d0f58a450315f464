import { isUtf8 } from "node:buffer";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError, type Problem } from "../../model/problem";

/** A file as it was read. */
export interface ReadFile {
  /** As the user wrote it. */
  readonly name: string;
  /** Where it really is: links are followed, so that they stay links. */
  readonly real: string;
  readonly text: string;
}

/** Why the system refuses, by its code. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "you may not read or write it",
  EPERM: "you may not write it",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
};

function problemOf(file: string, error: unknown, fix: string): Problem {
  if (!(error instanceof Error && "code" in error)) throw error;
  return { severity: "error", file, path: "", message: REASONS[String(error.code)] ?? error.message, fix };
}

/** Reads files; one that is named twice is read once. Throws a UserError with all that cannot be read. */
export function readFiles(names: readonly string[]): readonly ReadFile[] {
  const files = new Map<string, ReadFile>();
  const problems: Problem[] = [];
  for (const name of names) {
    try {
      const real = realpathSync(name);
      if (files.has(real)) continue;
      const bytes = readFileSync(real);
      if (!isUtf8(bytes)) {
        problems.push({
          severity: "error",
          file: name,
          path: "",
          message: "it is not UTF-8 text",
          fix: "store it in UTF-8",
        });
      }
      files.set(real, { name, real, text: bytes.toString("utf8") });
    } catch (error) {
      problems.push(problemOf(name, error, "correct the path: a kustomization.yaml, a values file or a manifest"));
    }
  }
  if (problems.length > 0) throw new UserError(problems);
  return [...files.values()];
}

/**
 * Writes all of the files or none: each new text goes beside its file first, under the file's mode and owner, and takes
 * its place once all are there. It does not give way to signals in between.
 *
 * @throws UserError when one cannot be written; all files are then as they were
 */
export function writeFiles(files: readonly Omit<ReadFile, "text">[], texts: readonly string[]): void {
  const staged: string[] = [];
  const replaced: { real: string; backup: string }[] = [];
  let current = files[0];
  try {
    for (const [index, file] of files.entries()) {
      current = file;
      const path = beside(file.real);
      staged.push(path);
      stage(path, file.real, texts[index] ?? "");
    }
    for (const [index, file] of files.entries()) {
      current = file;
      const backup = readFileSync(file.real, "utf8");
      renameSync(staged[index] ?? "", file.real);
      replaced.push({ real: file.real, backup });
    }
  } catch (error) {
    for (const path of staged) rmSync(path, { force: true });
    for (const { real, backup } of replaced) writeFileSync(real, backup);
    throw new UserError([
      problemOf(current?.name ?? "", error, "make the file and its folder writable; nothing was changed"),
    ]);
  }
}

function beside(real: string): string {
  return join(dirname(real), `.${basename(real)}.${randomBytes(6).toString("hex")}.tmp`);
}

function stage(path: string, real: string, text: string): void {
  const { mode, uid, gid } = statSync(real);
  writeFileSync(path, text, { flag: "wx", mode: mode & 0o777 });
  // The process's umask has been taken off the mode.
  chmodSync(path, mode & 0o7777);
  const own = statSync(path);
  if (own.uid !== uid || own.gid !== gid) chownSync(path, uid, gid);
}
