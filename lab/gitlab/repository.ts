import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRepository, repositoryFolder } from "../git/repositories";
import type { GitLabContext } from "./context";
import type { Project } from "./store/places";

/** As GitLab's hashed storage, by the project's id: a repository stays where it is when its project is renamed. */
function storedPath({ id }: Pick<Project, "id">): string {
  return `projects/${String(id)}`;
}

/** The folder of a project's bare repository. */
export function projectRepository({ files }: Pick<GitLabContext, "files">, project: Pick<Project, "id">): string {
  return repositoryFolder(files, storedPath(project));
}

/** Makes the project's empty repository and answers its folder. */
export function createProjectRepository(
  { files }: Pick<GitLabContext, "files">,
  project: Pick<Project, "id">,
): Promise<string> {
  return createRepository(files, storedPath(project));
}

export function removeProjectRepository(context: Pick<GitLabContext, "files">, project: Pick<Project, "id">): void {
  rmSync(projectRepository(context, project), { recursive: true, force: true });
}

/** Whether a repository has no branch yet. Looked up in the files: a list of projects asks for each of them. */
export function isRepositoryEmpty(context: Pick<GitLabContext, "files">, project: Pick<Project, "id">): boolean {
  const folder = projectRepository(context, project);
  const packed = join(folder, "packed-refs");
  if (existsSync(packed) && readFileSync(packed, "utf8").includes(" refs/heads/")) return false;
  const heads = join(folder, "refs", "heads");
  if (!existsSync(heads)) return true;
  return !readdirSync(heads, { recursive: true, withFileTypes: true }).some((entry) => entry.isFile());
}

/** Whether a repository has a branch of a name. */
export function hasBranch(
  context: Pick<GitLabContext, "files">,
  project: Pick<Project, "id">,
  branch: string,
): boolean {
  const folder = projectRepository(context, project);
  if (existsSync(join(folder, "refs", "heads", branch))) return true;
  const packed = join(folder, "packed-refs");
  return (
    existsSync(packed) &&
    readFileSync(packed, "utf8")
      .split("\n")
      .some((line) => line.endsWith(` refs/heads/${branch}`))
  );
}

/** Makes a branch the one that clones begin with. */
export function setHead(context: Pick<GitLabContext, "files">, project: Pick<Project, "id">, branch: string): void {
  writeFileSync(join(projectRepository(context, project), "HEAD"), `ref: refs/heads/${branch}\n`);
}
