import type { Report } from "./report";
import type { GitLabInput } from "./schema/gitlab";
import type { ProjectFile } from "./schema/project";
import type { RepositoryInput } from "./schema/repository";

/** An infra repository of the catalogue, whose URL is known wherever it is. */
export type PlacedRepository = RepositoryInput & {
  readonly url: string;
  /** Whether it is on the platform's GitLab, which the catalogue says by leaving its URL out. */
  readonly hosted: boolean;
};

/** A project of the catalogue, whose repositories' URLs are all known. */
export type PlacedProject = Omit<ProjectFile, "repositories"> & { readonly repositories: readonly PlacedRepository[] };

/** Where the project's group is on GitLab: `acme/shop`, or `platform/acme/shop` below a parent group. */
export function groupPathOf(project: { readonly organisation: string; readonly name: string }, gitlab: GitLabInput) {
  return `${organisationPath(project.organisation, gitlab)}/${project.name}`;
}

/** Where the organisation's group is. */
export function organisationPath(organisation: string, gitlab: Pick<GitLabInput, "parentGroup">): string {
  return gitlab.parentGroup === undefined ? organisation : `${gitlab.parentGroup.path}/${organisation}`;
}

/** The URL by which Git reaches a repository on GitLab. */
export function repositoryUrl(path: string, gitlab: Pick<GitLabInput, "url">): string {
  return `${gitlab.url}/${path}.git`;
}

/**
 * Gives every infra repository its URL. Where the stack has no GitLab, one that is to be there has a URL that no
 * repository can have, by which it is still told apart from others.
 */
export function placeRepositories(project: ProjectFile, gitlab: GitLabInput | undefined): PlacedProject {
  return {
    ...project,
    repositories: project.repositories.map((repository): PlacedRepository => {
      if (repository.url !== undefined) return { ...repository, url: repository.url, hosted: false };
      const url =
        gitlab === undefined
          ? `gitlab:${project.organisation}/${project.name}/${repository.name}`
          : repositoryUrl(`${groupPathOf(project, gitlab)}/${repository.name}`, gitlab);
      return { ...repository, url, hosted: true };
    }),
  };
}

/** Checks that an environment without GitLab has no project that needs one to be deployed. */
export function checkHosted(project: PlacedProject, gitlab: GitLabInput | undefined, report: Report): void {
  if (gitlab !== undefined) return;
  project.repositories.forEach(({ hosted }, index) => {
    if (!hosted) return;
    report.error(["repositories", index, "url"], {
      message: "the repository has no URL, and this stack has no GitLab that it could be on",
      allowed: "the URL of a repository on another Git host",
      fix: "add url, or describe the platform's GitLab in gitops-factory:gitlab",
    });
  });
}
