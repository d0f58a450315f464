import type { NamedProject } from "./check-names";
import { gitlabNameFinding } from "./gitlab-names";
import type { Path } from "./report";
import { hasGitLabSide } from "./resolve-gitlab-project";
import type { GitLabInput } from "./schema/gitlab";

/**
 * Checks the names that groups and repositories get on GitLab, where they must also be told apart without regard to
 * upper and lower case. The catalogue is checked as a whole, as by `checkNames`.
 */
export function checkGitLabNames(projects: readonly NamedProject[], gitlab: Pick<GitLabInput, "parentGroup">): void {
  for (const { project, report } of projects) {
    if (!hasGitLabSide(project)) continue;
    const level = gitlab.parentGroup === undefined ? "top" : "below";
    const organisation = gitlabNameFinding(project.organisation, "the organisation's name", level);
    if (organisation !== undefined) report.error(["organisation"], organisation);
    const name = gitlabNameFinding(project.name, "the project's name", "below");
    if (name !== undefined) report.error(["name"], name);

    const hosted = project.repositories.flatMap((repository, index) => {
      if (!repository.hosted) return [];
      const path: Path = ["repositories", index, "name"];
      const finding = gitlabNameFinding(repository.name, "the repository's name", "below");
      if (finding !== undefined) report.error(path, finding);
      return [{ name: repository.name, path, place: `repositories[${String(index)}]` }];
    });
    const taken = new Map(hosted.map((repository) => [repository.name.toLowerCase(), repository.place]));
    (project.appRepositories ?? []).forEach((repository, index) => {
      const key = repository.name.toLowerCase();
      const other = taken.get(key);
      if (other !== undefined) {
        report.error(["appRepositories", index, "name"], {
          message: `${other} would have the same path on GitLab`,
          value: repository.name,
          fix: "rename one of the two",
        });
      }
      taken.set(key, other ?? `appRepositories[${String(index)}]`);
    });
  }
}
