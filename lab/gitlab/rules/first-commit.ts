import type { GitLabContext } from "../context";
import { commitToBranch } from "../git/commit-to-branch";
import { openRepository } from "../git/open-repository";
import type { User } from "../store/people";
import type { Project } from "../store/places";

/** The first commit of a project that is made with `initialize_with_readme`. */
export async function writeReadme(context: GitLabContext, project: Project, user: User): Promise<void> {
  const description = project.description === null ? "" : `\n${project.description}\n`;
  const content = Buffer.from(`# ${project.name}\n${description}`);
  await commitToBranch(context, project, openRepository(context, project), {
    branch: project.default_branch,
    message: "Initial commit",
    actions: [{ action: "create", path: "README.md", content }],
    user,
  });
}
