import type { GitLabContext } from "../context";
import type { User } from "../store/people";
import type { Project } from "../store/places";
import { commitToBranch } from "./commit-to-branch";
import { openRepository } from "./open-repository";

/** The first commit of a project that is made with a README. */
export async function commitReadme(context: GitLabContext, project: Project, user: User): Promise<void> {
  await commitToBranch(context, project, openRepository(context, project), {
    branch: project.default_branch,
    message: "Initial commit",
    actions: [{ action: "create", path: "README.md", content: Buffer.from(`# ${project.name}\n`) }],
    user,
  });
}
