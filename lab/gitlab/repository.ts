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
