import { parse } from "yaml";
import { UserError } from "../../model/problem";
import { formatPath } from "../../model/report";
import { projectFile, type ProjectFile } from "../../model/schema/project";
import { Unwritable } from "../bump/slot";
import type { Move } from "./move";
import { isGoverned, writeOf, type Write } from "./place";
import { setValue } from "./set-value";

/**
 * Writes moves into the text of a project's file; nothing else of it changes.
 *
 * @param now the revision that each repository has in the environment at present, by its name
 * @throws UserError when the file is written in a way that a change of single values cannot follow
 */
export function applyMoves(
  file: string,
  text: string,
  moves: readonly Move[],
  { from, to, now }: { readonly from: string; readonly to: string; readonly now: ReadonlyMap<string, string> },
): string {
  const agreed = agreedRevision(projectOf(text), moves, to, now);
  let result = text;
  for (const move of moves) {
    const write = writeOf(projectOf(result), move, { from, to, agreed: move.after === agreed });
    result = writeOne(file, result, write);
  }
  return result;
}

/** The one revision that all Git repositories under the environment's word are to have; absent where they differ. */
function agreedRevision(
  project: ProjectFile,
  moves: readonly Move[],
  to: string,
  now: ReadonlyMap<string, string>,
): string | undefined {
  const revisions = project.repositories
    .filter((repository) => isGoverned(repository, to))
    .map(({ name }) => {
      const move = moves.find(({ kind, repository }) => kind === "revision" && repository === name);
      return move?.after ?? now.get(name);
    });
  const [first, ...others] = new Set(revisions);
  return others.length === 0 ? first : undefined;
}

/** The file was valid when it was loaded, and what is set is of the same form. */
function projectOf(text: string): ProjectFile {
  return projectFile.parse(parse(text));
}

function writeOne(file: string, text: string, { path, value }: Write): string {
  try {
    return setValue(text, path, value);
  } catch (error) {
    if (!(error instanceof Unwritable)) throw error;
    throw new UserError([
      {
        severity: "error",
        file,
        path: formatPath(path),
        value: typeof value === "string" ? value : value.join(", "),
        message: error.message,
        fix: error.fix,
      },
    ]);
  }
}
