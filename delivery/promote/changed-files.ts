import { join } from "node:path";
import { placeRepositories } from "../../model/hosted-repositories";
import { Report } from "../../model/report";
import { resolveProject } from "../../model/resolve-project";
import { projectFile } from "../../model/schema/project";
import { parseYamlDocument } from "../../model/yaml-document";
import { readFiles, type ReadFile } from "../bump/files";
import { applyMoves } from "./apply-moves";
import type { Move } from "./move";
import { pinsOf, valueOf } from "./pins";
import type { Plan } from "./plan";

/** A file of the catalogue with what the plan makes of it. */
export interface ChangedFile {
  /** Its name is relative to the root. */
  readonly file: ReadFile;
  readonly text: string;
}

/** The catalogue's files as they are to be; nothing is written yet. Throws a UserError for what cannot be edited. */
export function changedFiles(root: string, plan: Plan): readonly ChangedFile[] {
  return [...new Set(plan.moves.map(({ file }) => file))].map((name) => {
    const [read] = readFiles([join(root, name)]);
    if (read === undefined) throw new Error(`nothing was read of ${name}`);
    const file = { ...read, name };
    const moves = plan.moves.filter((move) => move.file === name);
    const text = applyMoves(name, file.text, moves, {
      from: plan.from.environment,
      to: plan.to.environment,
      now: revisionsNow(plan, name),
    });
    verify(name, text, moves, plan);
    return { file, text };
  });
}

function revisionsNow({ to }: Plan, file: string): ReadonlyMap<string, string> {
  const project = to.platform.projects.find((one) => one.file === file);
  return new Map((project?.repositories ?? []).map(({ name, sources: [{ revision }] }) => [name, revision]));
}

/** The edited file, read as the program reads it, must say what was meant; anything else is a bug of ours. */
function verify(file: string, text: string, moves: readonly Move[], { to }: Plan): void {
  const read = projectFile.parse(parseYamlDocument(file, text).value);
  const { repositories } = resolveProject(
    placeRepositories(read, to.config.gitlab),
    to.environment,
    to.config,
    new Report(file),
  );
  for (const move of moves) {
    const repository = repositories.find(({ name }) => name === move.repository);
    const value = repository && valueOf(pinsOf(repository), move);
    if (value !== move.after) {
      throw new Error(`${file}: ${move.repository} would have ${String(value)} and not ${move.after}`);
    }
  }
}
