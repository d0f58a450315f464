import type { DeletionSettings } from "../../model/platform";
import type { Project, Repository, RepositorySource, SyncSettings } from "../../model/project";

type Fields = Record<string, unknown>;

/**
 * The part of an Application's metadata that says what Argo CD does when it is deleted; without a finalizer nothing:
 * https://argo-cd.readthedocs.io/en/stable/user-guide/app_deletion/
 */
export function applicationFinalizers(workloads: DeletionSettings["workloads"]): { finalizers?: string[] } {
  switch (workloads) {
    case "foreground":
      return { finalizers: ["resources-finalizer.argocd.argoproj.io"] };
    case "background":
      return { finalizers: ["resources-finalizer.argocd.argoproj.io/background"] };
    case "orphan":
    case "retain":
      return {};
  }
}

/**
 * The spec of the Application that deploys one infra repository into its project's namespace.
 *
 * It holds only what Argo CD leaves as it is: Argo CD takes empty `directory`, `kustomize` and `syncPolicy` maps out
 * of an Application (`NormalizeApplicationSpec`), which would be drift on every refresh.
 */
export function applicationSpec(project: Project, repository: Repository): Fields {
  const [only, ...others] = repository.sources.map(applicationSource);
  const syncPolicy = applicationSyncPolicy(repository.sync);
  return {
    project: project.appProject,
    ...(others.length === 0 ? { source: only } : { sources: [only, ...others] }),
    destination: { server: project.destination.server, namespace: project.namespace },
    ...(Object.keys(syncPolicy).length > 0 && { syncPolicy }),
    ...(repository.ignoreDifferences.length > 0 && {
      ignoreDifferences: repository.ignoreDifferences.map(({ group, kind, name, jsonPointers }) => ({
        ...(group !== "" && { group }),
        kind,
        ...(name !== undefined && { name }),
        jsonPointers: [...jsonPointers],
      })),
    }),
  };
}

function applicationSource(source: RepositorySource): Fields {
  const base = { repoURL: source.url, targetRevision: source.revision };
  switch (source.kind) {
    case "reference":
      return { ...base, ref: source.ref };
    case "manifests":
      return { ...base, path: source.path, ...(source.recurse && { directory: { recurse: true } }) };
    case "kustomize":
      return {
        ...base,
        path: source.path,
        ...(source.images.length > 0 && { kustomize: { images: [...source.images] } }),
      };
    case "helm":
      return {
        ...base,
        ...(source.chart === undefined ? { path: source.path } : { chart: source.chart }),
        helm: {
          releaseName: source.releaseName,
          ...(source.valueFiles.length > 0 && { valueFiles: [...source.valueFiles] }),
          ...(Object.keys(source.parameters).length > 0 && {
            parameters: Object.entries(source.parameters).map(([name, value]) => ({ name, value })),
          }),
        },
      };
  }
}

function applicationSyncPolicy({ automated, prune, selfHeal, options, retryLimit }: SyncSettings): Fields {
  return {
    // Not allowing empty: a folder that comes out empty by mistake would delete everything.
    ...(automated && { automated: { prune, selfHeal, allowEmpty: false } }),
    ...(options.length > 0 && { syncOptions: [...options] }),
    ...(retryLimit > 0 && {
      retry: { limit: retryLimit, backoff: { duration: "5s", factor: 2, maxDuration: "3m" } },
    }),
    // Argo CD retries an automated synchronisation five times unless it is told not to.
    ...(retryLimit === 0 && automated && { retry: { limit: 0 } }),
  };
}
