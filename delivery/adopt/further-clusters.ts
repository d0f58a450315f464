import { formatFact, type Problem } from "../../model/problem";
import { clusterSecretsAmong } from "./destination-cluster";
import type { ClusterSecret, StackClusters } from "./destination-cluster";
import { titleOf } from "./found-object";
import type { FoundObject } from "./found-object";
import { isOurs } from "./namespace";
import { Notes } from "./note";

/** What the program calls the Secret by which Argo CD knows a cluster: components/cluster/registered-cluster.ts. */
function secretOf(cluster: string): string {
  return `cluster-${cluster}`;
}

/** The further clusters of what is adopted. */
export class FurtherClusters {
  readonly #used = new Map<string, string[]>();

  constructor(
    private readonly objects: readonly FoundObject[],
    private readonly clusters: StackClusters,
    /** Clusters that could not be looked at, and why. */
    private readonly unread: Readonly<Record<string, Problem>>,
  ) {}

  /**
   * Takes note of a namespace that is adopted.
   * @returns whether its cluster was looked at
   */
  add(cluster: string, namespace: string): boolean {
    this.#used.set(cluster, [...(this.#used.get(cluster) ?? []), namespace]);
    return this.#isRead(cluster);
  }

  /** What is to be told of them all, and the Secrets of theirs that the program will declare. */
  judge(): { readonly notes: readonly Notes[]; readonly secrets: readonly string[] } {
    const unread = [...this.#used].filter(([cluster]) => !this.#isRead(cluster));
    const foreign = clusterSecretsAmong(this.objects).filter(({ secret }) => !isOurs(secret.metadata.labels));
    const known = [...this.#used.keys()].flatMap((cluster) =>
      foreign
        .filter(({ server }) => server === this.clusters[cluster]?.server)
        .map((one) => ({ cluster, one, isKept: one.secret.metadata.name === secretOf(cluster) })),
    );
    return {
      notes: [
        ...unread.map(([cluster, namespaces]) => noteUnread(cluster, namespaces, this.unread[cluster])),
        ...known.filter(({ isKept }) => !isKept).map(({ cluster, one }) => noteSecondSecret(cluster, one)),
      ],
      secrets: known.filter(({ isKept }) => isKept).map(({ cluster }) => secretOf(cluster)),
    };
  }

  #isRead(cluster: string): boolean {
    // There is no cluster without a namespace.
    return this.objects.some((object) => object.cluster === cluster);
  }
}

/** What becomes of namespaces on a cluster that nobody could look at. */
function noteUnread(cluster: string, namespaces: readonly string[], problem: Problem | undefined): Notes {
  const notes = new Notes(`Cluster ${cluster}`, "", cluster);
  const [why, cure] =
    problem === undefined
      ? ["only --from-cluster looks at further clusters", "adopt from there"]
      : [`it was not looked at: ${formatFact(problem)}`, `${problem.fix}, then adopt again`];
  const effect = `the first update gives these namespaces the defaults: quota, limits, Pod Security, closed network; ${cure}, or say otherwise in the files first`;
  notes.changed("", namespaces.join(", "), why, effect);
  return notes;
}

/** Argo CD finds a cluster's Secret by its server. */
function noteSecondSecret(cluster: string, { secret }: ClusterSecret): Notes {
  const notes = new Notes(titleOf(secret), secret.origin);
  notes.changed(
    "",
    undefined,
    `Argo CD knows the cluster ${cluster} by it, and of two Secrets for one server it takes either`,
    `the first update makes ${secretOf(cluster)}, which opens the projects' namespaces alone: delete this one right after; Applications that are not adopted lose their way to that cluster then`,
  );
  return notes;
}
