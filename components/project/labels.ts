import type { Project, Repository } from "../../model/project";

/** The keys are Cloud π's, so that what reads its labels reads ours; the values are names that fit a label. */
export function projectLabels(project: Project): Record<string, string> {
  return {
    "app.kubernetes.io/managed-by": "gitops-factory",
    "dso/organization": project.organisation,
    "dso/project": project.name,
    "dso/project.slug": `${project.organisation}-${project.name}`,
    "dso/environment": project.environment,
  };
}

export function repositoryLabels(project: Project, repository: Repository): Record<string, string> {
  return { ...projectLabels(project), "dso/repository": repository.name, "dso/type": repository.sources[0].kind };
}

/** What people want to know of a project's namespace, as free text: only annotations can hold it. */
export function projectAnnotations(project: Project): Record<string, string> {
  return {
    "gitops-factory/organisation": project.organisation,
    "gitops-factory/project": project.name,
    "gitops-factory/catalogue": project.file,
    ...(project.description !== undefined && { "kubernetes.io/description": project.description }),
    ...(project.owners.length > 0 && { "gitops-factory/owners": project.owners.join(", ") }),
  };
}
