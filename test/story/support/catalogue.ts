import { stringify } from "yaml";
import type { Story } from "./story";

/** A project of the organisation `acme` in the environment `dev`, as its catalogue file has it. */
export interface CatalogueProject {
  readonly name: string;
  readonly repositories: readonly object[];
  /** Further keys of the file. */
  readonly [key: string]: unknown;
}

/** Makes these projects the whole catalogue of the story's program. */
export function setCatalogue(story: Story, ...projects: readonly CatalogueProject[]): void {
  const { program } = story.factory;
  program.remove("catalog");
  for (const project of projects) {
    const file = { organisation: "acme", environments: ["dev"], ...project };
    program.write(catalogueFile(project.name), stringify(file));
  }
}

export function catalogueFile(project: string): string {
  return `catalog/acme/${project}.yaml`;
}

/** The name of a project's namespace and AppProject. */
export function projectName(project: string): string {
  return `acme-${project}-dev-6293`;
}

/** The name of the Application that deploys a repository of a project. */
export function applicationName(project: string, repository: string): string {
  return `acme-${project}-dev-${repository}-6293`;
}

/** Has Argo CD ask Git every few seconds, as it does every few minutes by default. */
export function askGitOften(story: Story): void {
  const settings = { "timeout.reconciliation": "3s", "timeout.reconciliation.jitter": "0s" };
  story.factory.program.config(["argocd", "settings"], settings);
}
