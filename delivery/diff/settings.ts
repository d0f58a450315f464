import { parseImageOverride } from "../../model/image-override";
import type { Platform } from "../../model/platform";
import type { Project, Repository, RepositorySource } from "../../model/project";
import { treeOf, type Tree } from "./tree";

/** What is the platform's: Argo CD, DNS, GitLab, clusters, deletion. */
export function platformSettings({ environment, projects, ...platform }: Platform): Tree | undefined {
  const own = new Set(projects.map(({ namespace }) => namespace));
  const { argocd, dns, gitlab, ...rest } = platform;
  // What is the projects' own is told with the projects.
  const applicationNamespaces = argocd.applicationNamespaces.filter((namespace) => !own.has(namespace));
  const server = gitlab && without(gitlab, "organisations", "projects");
  return treeOf({ argocd: { ...argocd, applicationNamespaces }, dns, gitlab: server, ...rest }, environment);
}

/** What is a project's in this environment; the names of its objects, which have the environment in them, are left out. */
export function projectSettings(project: Project): Tree | undefined {
  const { environment, repositories, quota, ...settings } = project;
  const rest = without(settings, "file", "namespace", "organisation", "name");
  // The catalogue has one word for requests and limits, which are the same.
  const shares = Object.entries(quota).map(([key, value]) => [key.replace(/^(?:requests|limits)\./, ""), value]);
  const named = Object.fromEntries(repositories.map((one) => [one.name, repositorySettings(one)]));
  return treeOf({ quota: Object.fromEntries(shares) as object, ...rest, repositories: named }, environment);
}

function repositorySettings(repository: Repository): object {
  const [first, ...others] = repository.sources.map(sourceSettings);
  return { ...first, ...without(repository, "name", "applicationName"), sources: others };
}

function without<T extends object>(settings: T, ...keys: readonly (keyof T & string)[]): object {
  const omitted: readonly string[] = keys;
  return Object.fromEntries(Object.entries(settings).filter(([key]) => !omitted.includes(key)));
}

function sourceSettings(source: RepositorySource): object {
  if (source.kind !== "kustomize") return source;
  const images = source.images.map(parseImageOverride).map(({ name, newName, version }) => {
    return [name, [newName, version].filter((part) => part !== undefined).join(":")];
  });
  return { ...source, images: Object.fromEntries(images) as object };
}
