import type { PlacedProject } from "./hosted-repositories";
import { objectNames } from "./object-names";
import type { Destination, Project } from "./project";
import { quantityValue } from "./quantities";
import type { Quantities } from "./quantities";
import type { Path, Report } from "./report";
import { resolveRepository } from "./resolve-repository";
import { resolveWindows } from "./resolve-windows";
import { isMailAddress } from "./schema/argocd-notifications";
import type { ProjectFile } from "./schema/project";
import type { StackConfig } from "./schema/stack";
import type { QuotaInput } from "./schema/values";
import { suggestionOr } from "./suggest";

/** The share of a project that nobody has thought about: enough to start, too little to harm. */
export const DEFAULT_QUOTA: QuotaInput = { cpu: "2", memory: "4Gi", pods: "50" };

/** What a container is given that names nothing, where nobody else does. */
export const DEFAULT_CONTAINER = {
  requests: { cpu: "50m", memory: "64Mi" },
  limits: { cpu: "500m", memory: "256Mi" },
};

/** The cluster that Argo CD runs in, by the name and URL that Argo CD knows it by. */
export const IN_CLUSTER: Destination = { cluster: "in-cluster", server: "https://kubernetes.default.svc" };

/** The names of a project's environments, in the file's order. */
export function environmentsOf(project: Pick<ProjectFile, "environments">): string[] {
  return Array.isArray(project.environments) ? project.environments : Object.keys(project.environments);
}

/** What a project says about one of its environments. */
function overridesOf(project: PlacedProject, environment: string) {
  return Array.isArray(project.environments) ? {} : (project.environments[environment] ?? {});
}

/**
 * A project in one of its environments, with every default filled in: the environment's word counts before the
 * project's, and that before the stack's.
 */
export function resolveProject(
  project: PlacedProject,
  environment: string,
  stack: StackConfig,
  report: Report,
): Project {
  const overrides = overridesOf(project, environment);
  const ownApplications = overrides.ownApplications ?? project.ownApplications ?? false;
  const inEnvironment: Path = Array.isArray(project.environments) ? [] : ["environments", environment];
  const levels = [stack.projects ?? {}, project, overrides];
  const cluster = overrides.cluster ?? project.cluster ?? IN_CLUSTER.cluster;
  const names = objectNames(project, environment);
  const open = overrides.network?.open ?? project.network?.open ?? stack.projects?.network?.open ?? false;
  const clusterPath = overrides.cluster === undefined ? ["cluster"] : [...inEnvironment, "cluster"];
  return {
    file: report.file,
    organisation: project.organisation,
    name: project.name,
    ...(project.description !== undefined && { description: project.description }),
    environment,
    namespace: names.namespace,
    appProject: names.appProject,
    owners: project.owners ?? [],
    ...ownerMail(project, stack),
    groups: { read: project.groups?.read ?? [], write: project.groups?.write ?? [] },
    destination: resolveDestination(cluster, stack, clusterPath, report),
    ownApplications:
      ownApplications &&
      mayOwnApplications(
        cluster,
        stack,
        overrides.ownApplications === undefined ? ["ownApplications"] : [...inEnvironment, "ownApplications"],
        report,
      ),
    quota: quotaKeys(merge([DEFAULT_QUOTA, ...levels.map(({ quota }) => quota)])),
    containerDefaults: resolveContainer(levels, report),
    podSecurity: overrides.podSecurity ?? project.podSecurity ?? stack.projects?.podSecurity ?? "restricted",
    network: {
      ingressFromNamespaces: union(levels.map(({ network }) => network?.ingressFromNamespaces)),
      egressToCidrs: union(levels.map(({ network }) => network?.egressToCidrs)),
      // They are those of Argo CD's cluster.
      ...(cluster === IN_CLUSTER.cluster &&
        stack.dns?.clusterDnsAddresses && { dnsAddresses: stack.dns.clusterDnsAddresses }),
      ...(open && { open }),
    },
    deniedKinds: [...(stack.projects?.deniedKinds ?? []), ...(project.deniedKinds ?? [])].filter(
      (one, index, all) => all.findIndex(({ group, kind }) => group === one.group && kind === one.kind) === index,
    ),
    syncWindows: resolveWindows(
      [
        { windows: stack.projects?.syncWindows, path: [] },
        { windows: project.syncWindows, path: [] },
        { windows: overrides.syncWindows, path: inEnvironment },
      ],
      project,
      environment,
      report,
    ),
    repositories: project.repositories.map((repository, index) =>
      resolveRepository(
        repository,
        { project, environment, overrides, autosync: stack.projects?.autosync ?? true, secrets: stack.secrets ?? {} },
        ["repositories", index],
        report,
      ),
    ),
  };
}

function ownerMail(project: PlacedProject, stack: StackConfig): Pick<Project, "ownerMail"> {
  const triggers = stack.argocd?.notifications?.owners ?? [];
  const addresses = (project.owners ?? []).filter(isMailAddress);
  return triggers.length === 0 || addresses.length === 0 ? {} : { ownerMail: { triggers, addresses } };
}

function resolveDestination(cluster: string, stack: StackConfig, path: Path, report: Report): Destination {
  if (cluster === IN_CLUSTER.cluster) return IN_CLUSTER;
  const clusters = stack.clusters ?? {};
  const server = Object.hasOwn(clusters, cluster) ? clusters[cluster]?.server : undefined;
  if (server !== undefined) return { cluster, server };
  const known = [IN_CLUSTER.cluster, ...Object.keys(clusters)];
  report.error(path, {
    message: "the stack's config has no cluster of this name",
    value: cluster,
    allowed: known.join(", "),
    fix: suggestionOr(cluster, known, "name one of them, or describe the cluster in gitops-factory:clusters"),
  });
  return IN_CLUSTER;
}

/** Whether a project that wants Applications of its own may have them here; if not, the project is told. */
function mayOwnApplications(cluster: string, stack: StackConfig, path: Path, report: Report): boolean {
  if (cluster !== IN_CLUSTER.cluster) {
    report.error(path, {
      message: `the project's namespace is on the cluster "${cluster}", but Argo CD reads Applications from its own only`,
      allowed: `true where the cluster is ${IN_CLUSTER.cluster}`,
      fix: "remove it, or set it for the environments that run on Argo CD's cluster",
    });
    return false;
  }
  if (stack.projects?.ownApplications === true) return true;
  report.warning(path, {
    message:
      "the platform does not allow projects to have Applications of their own; those in the namespace are ignored",
    fix: "have the platform set gitops-factory:projects.ownApplications, or remove it here",
  });
  return false;
}

type Words = Readonly<Record<string, string | undefined>> | undefined;

/** Later words count; a key that says nothing leaves the earlier word. */
function merge(levels: readonly Words[]): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const [key, value] of levels.flatMap((level) => Object.entries(level ?? {}))) {
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}

function union(lists: readonly (readonly string[] | undefined)[]): string[] {
  return [...new Set(lists.flatMap((list) => list ?? []))];
}

/** The resources that a ResourceQuota counts, by what the catalogue calls them; the names are Kubernetes'. */
export const QUOTA_KEYS: Readonly<Record<keyof QuotaInput, readonly string[]>> = {
  cpu: ["requests.cpu", "limits.cpu"],
  memory: ["requests.memory", "limits.memory"],
  gpu: ["requests.nvidia.com/gpu"],
  storage: ["requests.storage"],
  pods: ["pods"],
  volumes: ["persistentvolumeclaims"],
  loadBalancers: ["services.loadbalancers"],
};

function quotaKeys(quota: QuotaInput): Quantities {
  const hard: Record<string, string> = {};
  for (const [name, keys] of Object.entries(QUOTA_KEYS)) {
    const value = quota[name as keyof QuotaInput];
    if (value !== undefined) for (const key of keys) hard[key] = value;
  }
  return hard;
}

type ContainerLevel = { readonly containerDefaults?: { requests?: Words; limits?: Words } | undefined };

/**
 * A limit below the request of an earlier level lowers that request with it, so that `limits: { memory: 32Mi }`
 * alone is enough. The schema has refused a level that contradicts itself.
 */
function resolveContainer(levels: readonly ContainerLevel[], report: Report): Project["containerDefaults"] {
  const all = [DEFAULT_CONTAINER, ...levels.map(({ containerDefaults }) => containerDefaults)];
  const limits = merge(all.map((level) => level?.limits));
  const requests = merge(all.map((level) => level?.requests));
  const said = merge(levels.map(({ containerDefaults }) => containerDefaults?.requests));
  for (const [resource, request] of Object.entries(requests)) {
    const limit = limits[resource];
    if (limit === undefined || (quantityValue(request) ?? 0) <= (quantityValue(limit) ?? 0)) continue;
    if (said[resource] !== undefined) {
      report.error(["containerDefaults", "requests", resource], {
        message: `with what the stack, the project and the environment say together, the request of ${resource} is greater than its limit`,
        value: `${request} > ${limit}`,
        fix: "set both at the same place",
      });
    }
    requests[resource] = limit;
  }
  return { requests, limits };
}
