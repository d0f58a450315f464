import { formatImageOverride, parseImageOverride } from "../../model/image-override";
import type { Path } from "../../model/report";
import type { ProjectFile } from "../../model/schema/project";
import type { RepositoryInput } from "../../model/schema/repository";
import type { Move } from "./move";
import type { Value } from "./set-value";

/** What is written where in a project's file. */
export interface Write {
  readonly path: Path;
  readonly value: Value;
}

/**
 * Where a move is written: where the environment says it already, else beside what the repository says of this
 * environment. A revision of all Git repositories stays one word of the environment, as long as they agree.
 *
 * @param from the environment whose way of saying it is followed where this one says nothing yet
 * @param agreed whether all Git repositories that the environment's own revision holds for are to have this revision
 */
export function writeOf(
  project: ProjectFile,
  move: Move,
  { from, to, agreed }: { readonly from: string; readonly to: string; readonly agreed: boolean },
): Write {
  const index = project.repositories.findIndex(({ name }) => name === move.repository);
  const repository = project.repositories[index];
  if (repository === undefined) throw new Error(`there is no repository ${move.repository} in ${move.file}`);
  const own: Path = ["repositories", index, "environments", to];
  switch (move.kind) {
    case "revision": {
      const isShared = agreed && isGoverned(repository, to) && [from, to].some((one) => saysRevision(project, one));
      return { path: [...(isShared ? ["environments", to] : own), "revision"], value: move.after };
    }
    case "parameter":
      return { path: [...own, "parameters", move.name], value: move.after };
    case "image":
      return imageWrite(repository, move, [...own, "images"], to);
  }
}

/** The image keeps the name that this environment gives it, as each may have a registry of its own. */
function imageWrite(repository: RepositoryInput, { name, after }: Move, path: Path, to: string): Write {
  if (repository.kind !== "kustomize") throw new Error(`${repository.name} is no kustomization`);
  const own = repository.environments?.[to]?.images;
  // Of two of a name in one list, the last one counts.
  const isMeant = (text: string): boolean => parseImageOverride(text).name === name;
  const text = own?.findLast(isMeant) ?? repository.images?.findLast(isMeant);
  const value = formatImageOverride({ ...(text === undefined ? { name } : parseImageOverride(text)), version: after });
  if (own === undefined) return { path, value: [value] };
  const index = own.findLastIndex(isMeant);
  return { path: [...path, index < 0 ? own.length : index], value };
}

/** Whether a repository has the environment's revision, when that has one: no chart, and none of its own. */
export function isGoverned(repository: RepositoryInput, environment: string): boolean {
  const isChart = repository.kind === "helm" && repository.chart !== undefined;
  return !isChart && repository.environments?.[environment]?.revision === undefined;
}

function saysRevision({ environments }: ProjectFile, environment: string): boolean {
  return !Array.isArray(environments) && environments[environment]?.revision !== undefined;
}
