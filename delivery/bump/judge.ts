import { UserError, type Problem } from "../../model/problem";
import { bumpText, type Bumped } from "./bump-text";
import type { ReadFile } from "./files";
import type { Request } from "./wanted";

/** A file and what a request makes of it. */
export interface Judged {
  readonly file: ReadFile;
  readonly bumped: Bumped;
}

/** Judges all files before any is written. Throws a UserError with the problems of all of them. */
export function judge(files: readonly ReadFile[], request: Request): readonly Judged[] {
  const problems: Problem[] = [];
  const judged: Judged[] = [];
  for (const file of files) {
    const bumped = bumpText(file.name, file.text, request);
    if ("edits" in bumped) judged.push({ file, bumped });
    else problems.push(...bumped);
  }
  if (problems.length > 0) throw new UserError(problems);
  return judged;
}
