import { revisionsOf, type Application } from "../argocd/application";
import { HOME } from "../cluster/cluster-access";

/** What is known of one project in one environment: one Application. */
export interface StatusEntry {
  /** Where it was read: a server or a cluster's context. */
  readonly from: string;
  /** `{organisation}/{project}`, or the AppProject where the Application has no labels of the factory. */
  readonly project: string;
  /** Absent where the Application has no labels of the factory. */
  readonly environment?: string;
  readonly application: string;
  /** The further cluster that it runs on, as the stack's config, else Argo CD, calls it; absent on Argo CD's own. */
  readonly cluster?: string;
  readonly images: readonly string[];
  /** The revisions of its sources, as Argo CD has compared them last. */
  readonly revisions: readonly string[];
  /** Synced, OutOfSync or Unknown. */
  readonly sync: string;
  /** Healthy, Progressing, Degraded, Suspended, Missing or Unknown. */
  readonly health: string;
  /** What is wrong, in Argo CD's words; empty where nothing is. */
  readonly messages: readonly string[];
  /** The last synchronisation that has changed something; absent where there was none. */
  readonly delivery?: LastDelivery;
}

export interface LastDelivery {
  /** ISO 8601. */
  readonly at: string;
  readonly revision: string;
  /** Who pressed Sync; absent where Argo CD did it by itself. */
  readonly by?: string;
  /** Of the commit; absent where the source does not tell. */
  readonly author?: string;
  /** The first line of the commit's message. */
  readonly title?: string;
}

/** Names of further clusters by their servers. */
export type ClusterNames = Readonly<Record<string, string>>;

/** Reads an Application's state; the commit's author and title are not in it. */
export function entryOf(application: Application, from: string, clusters: ClusterNames = {}): StatusEntry {
  const { metadata, spec, status = {} } = application;
  const cluster = clusterOf(application, clusters);
  const { labels = {} } = metadata;
  const [organisation, name, environment] = ["dso/organization", "dso/project", "dso/environment"].map(
    (key) => labels[key],
  );
  const delivery = lastDelivery(application);
  return {
    from,
    project: organisation !== undefined && name !== undefined ? `${organisation}/${name}` : spec.project,
    ...(environment !== undefined && { environment }),
    application: metadata.name,
    ...(cluster !== undefined && { cluster }),
    images: status.summary?.images ?? [],
    revisions: revisionsOf(status.sync),
    sync: status.sync?.status ?? "Unknown",
    health: status.health?.status ?? "Unknown",
    messages: messagesOf(application),
    ...(delivery !== undefined && { delivery }),
  };
}

function clusterOf({ spec: { destination = {} } }: Application, clusters: ClusterNames): string | undefined {
  const { name, server } = destination;
  const isHome = server === "https://kubernetes.default.svc" || name === HOME;
  return isHome ? undefined : (clusters[server ?? ""] ?? name ?? server);
}

function messagesOf({ status = {} }: Application): readonly string[] {
  const { conditions = [], operationState, health } = status;
  const failed =
    operationState?.phase === "Failed" || operationState?.phase === "Error" ? operationState.message : undefined;
  const said = [
    ...conditions.filter(({ type }) => type.endsWith("Error")).map(({ type, message }) => `${type}: ${message}`),
    ...(failed === undefined ? [] : [`synchronisation failed: ${failed}`]),
    ...(health?.message === undefined || health.message === "" ? [] : [health.message]),
  ];
  return said.map((text) => text.split("\n")[0] ?? "");
}

function lastDelivery({ status = {} }: Application): LastDelivery | undefined {
  const last = [...(status.history ?? [])].sort((one, other) => (one.id ?? 0) - (other.id ?? 0)).at(-1);
  if (last?.deployedAt === undefined) return undefined;
  const { username, automated } = last.initiatedBy ?? {};
  return {
    at: last.deployedAt,
    revision: revisionsOf(last)[0] ?? "",
    ...(automated !== true && username !== undefined && username !== "" && { by: username }),
  };
}

/** Whether there is nothing to look into. */
export function isFine({ sync, health }: StatusEntry): boolean {
  return sync === "Synced" && health === "Healthy";
}

/** What is asked for. */
export interface Filter {
  /** `shop`, or `acme/shop`. */
  readonly project?: string;
  readonly environment?: string;
}

export function isAskedFor(entry: StatusEntry, { project, environment }: Filter): boolean {
  const isProject = project === undefined || entry.project === project || entry.project.endsWith(`/${project}`);
  return isProject && (environment === undefined || entry.environment === environment);
}

/** By project, environment and Application. */
export function sortedEntries(entries: readonly StatusEntry[]): readonly StatusEntry[] {
  const key = ({ project, environment = "", application }: StatusEntry): string =>
    [project, environment, application].join("\0");
  return [...entries].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}
