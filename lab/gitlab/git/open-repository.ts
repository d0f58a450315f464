import { gitEnvironment } from "../../git/repositories";
import type { GitLabContext } from "../context";
import { projectRepository } from "../repository";
import type { Project } from "../store/places";
import { Repository } from "./repository";

/** The repository of a project, for git to work in. */
export function openRepository(
  context: Pick<GitLabContext, "files" | "git">,
  project: Pick<Project, "id">,
): Repository {
  return new Repository(projectRepository(context, project), gitEnvironment(context.files), context.git);
}
