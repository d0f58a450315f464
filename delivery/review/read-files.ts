import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { suggestionOr } from "../../model/suggest";
import { UserError, type Problem } from "../../model/problem";
import type { Preview } from "../preview/preview";
import { readPreview } from "../preview/read-preview";

/**
 * Reads the files of previews; `-` is standard input.
 *
 * @throws UserError with every file that is not there, and when two are of one stack
 */
export function readPreviewFiles(files: readonly string[]): Preview[] {
  const problems: Problem[] = [];
  const previews = files.flatMap((file) => {
    try {
      const text = readFileSync(file === "-" ? 0 : file, "utf8");
      return [readPreview(file === "-" ? "standard input" : file, text)];
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
      problems.push(unreadable(file, String(error.code)));
      return [];
    }
  });
  const seen = new Map<string, string>();
  for (const { stack, source } of previews) {
    const other = seen.get(stack);
    if (other !== undefined) problems.push(twice(source, stack, other));
    seen.set(stack, source);
  }
  if (problems.length > 0) throw new UserError(problems);
  return previews;
}

function unreadable(file: string, code: string): Problem {
  const isAbsent = code === "ENOENT";
  const fix = "give what `pulumi preview --json` or `factory plan` has written";
  return {
    severity: "error",
    file,
    path: "",
    message: isAbsent ? "there is no such file" : `the file cannot be read (${code})`,
    allowed: "a file of a preview",
    fix: isAbsent ? suggestionOr(basename(file), siblings(file), fix) : fix,
  };
}

function siblings(file: string): string[] {
  try {
    return readdirSync(dirname(file));
  } catch {
    return [];
  }
}

function twice(file: string, stack: string, other: string): Problem {
  return {
    severity: "error",
    file,
    path: "",
    value: stack,
    message: `this is a second preview of the stack, beside ${other}`,
    fix: "give one preview of each stack",
  };
}
