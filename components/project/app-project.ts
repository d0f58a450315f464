import { GUARDED_KINDS } from "../../model/guarded-kinds";
import type { GroupKind, Project, SyncWindow } from "../../model/project";
import { IN_CLUSTER } from "../../model/resolve-project";
import { MANAGER_ROLE } from "../cluster/manager";

/** What readers may do; the resource is Argo CD's, and the object is always within the project. */
const READ = [
  ["applications", "get"],
  ["logs", "get"],
] as const;

/** Writers deploy what is in Git and run an Application's actions; what exists is the catalogue's to say. */
const WRITE = [...READ, ["applications", "sync"], ["applications", "action/*"]] as const;

/** The spec of the AppProject that confines a project to its own repositories, cluster and namespace. */
export function appProjectSpec(project: Project): Record<string, unknown> {
  const { namespace, appProject, groups, destination, deniedKinds } = project;
  return {
    ...(project.description !== undefined && { description: project.description }),
    sourceRepos: sourceRepositories(project),
    destinations: [{ server: destination.server, namespace }],
    ...(project.ownApplications && { sourceNamespaces: [namespace] }),
    clusterResourceWhitelist: [],
    namespaceResourceBlacklist: distinct([...GUARDED_KINDS, ...deniedKinds]),
    roles: [
      role(appProject, "ro-group", "Readers", READ, groups.read),
      role(appProject, "rw-group", "Writers", WRITE, groups.write),
    ],
    orphanedResources: orphanedResources(destination),
    ...(project.syncWindows.length > 0 && { syncWindows: project.syncWindows.map(syncWindow) }),
  };
}

/**
 * Whoever looks at an Application is told of what no Git repository has. Argo CD's own rights on a further cluster are
 * the platform's; the guards are not counted, as the project may not deploy their kinds.
 */
function orphanedResources({ cluster }: Project["destination"]) {
  if (cluster === IN_CLUSTER.cluster) return { warn: true };
  const own = ["Role", "RoleBinding"].map((kind) => ({ group: "rbac.authorization.k8s.io", kind, name: MANAGER_ROLE }));
  return { warn: true, ignore: own };
}

/** Without what says nothing: Argo CD leaves such fields out when it writes the AppProject. */
function syncWindow({ manualSync, ...window }: SyncWindow) {
  return { ...window, ...(manualSync && { manualSync }) };
}

/**
 * The AppProject's annotations by which its owners get mails: Argo CD heeds those of an Application's project as it
 * does the Application's own.
 */
export function subscriptionAnnotations({ ownerMail }: Project): { annotations?: Record<string, string> } {
  if (ownerMail === undefined) return {};
  const recipients = ownerMail.addresses.join(";");
  return {
    annotations: Object.fromEntries(
      ownerMail.triggers.map((trigger) => [`notifications.argoproj.io/subscribe.${trigger}.email`, recipients]),
    ),
  };
}

/** Every URL that an Application of the project reads from, once. */
function sourceRepositories(project: Project): string[] {
  return [...new Set(project.repositories.flatMap(({ sources }) => sources.map(({ url }) => url)))];
}

function distinct(kinds: readonly GroupKind[]): GroupKind[] {
  return kinds
    .filter((one, index) => kinds.findIndex(({ group, kind }) => group === one.group && kind === one.kind) === index)
    .map(({ group, kind }) => ({ group, kind }));
}

/**
 * A role by the rules of Argo CD's `AppProject.ValidateProject`. Only its API server applies them: a resource with
 * a policy that breaks them is accepted by Kubernetes and ignored later.
 */
function role(
  project: string,
  name: string,
  description: string,
  rights: readonly (readonly [resource: string, action: string])[],
  groups: readonly string[],
) {
  return {
    name,
    description,
    policies: rights.map(
      ([resource, action]) => `p, proj:${project}:${name}, ${resource}, ${action}, ${project}/*, allow`,
    ),
    ...(groups.length > 0 && { groups: [...groups] }),
  };
}
