import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { TestCluster } from "../../engine/support/kubectl";
import { eventually } from "./eventually";

/** The kinds whose order matters when something leaves, as kubectl names them. */
const kinds = ["applications", "appprojects", "namespaces", "deployments", "configmaps", "statefulsets"] as const;

/** An object that is gone. */
interface Deletion {
  /** `applications acme-shop-dev-web-6293` */
  readonly object: string;
  /** The cluster's clock: the revision of its store at which the object went. */
  readonly revision: number;
}

/**
 * What goes from a cluster, in the order in which it goes: of a deleted object, the API server's event has the store's
 * revision of the deletion, which is one count for all kinds.
 */
export class Deletions {
  readonly #watches: ChildProcess[];
  readonly #deletions: Deletion[] = [];
  readonly #seen = new Set<string>();

  private constructor(cluster: TestCluster) {
    this.#watches = kinds.map((kind) => this.#watch(cluster, kind));
  }

  /** Begins to watch, and is told of what is there. The kinds must be known to the cluster. */
  static async watch(cluster: TestCluster, known: readonly string[]): Promise<Deletions> {
    const deletions = new Deletions(cluster);
    await eventually(
      () => Promise.resolve(known.every((object) => deletions.#seen.has(object)) ? true : undefined),
      () => `of ${known.join(", ")} the watches have seen ${[...deletions.#seen].join(", ")}`,
    );
    return deletions;
  }

  /** Waits until these are known to be gone. @returns all of them in the order in which they went */
  async order(...objects: readonly string[]): Promise<string[]> {
    const found = (): Deletion[] => this.#deletions.filter(({ object }) => objects.includes(object));
    await eventually(
      () => Promise.resolve(found().length >= objects.length ? true : undefined),
      () =>
        `of ${objects.join(", ")} there went ${found()
          .map(({ object }) => object)
          .join(", ")}`,
    );
    return found()
      .sort((one, other) => one.revision - other.revision)
      .map(({ object }) => object);
  }

  /** Whether an object has gone. */
  has(object: string): boolean {
    return this.#deletions.some((deletion) => deletion.object === object);
  }

  stop(): void {
    for (const watch of this.#watches) watch.kill();
  }

  #watch({ kubeconfig, kubectl }: TestCluster, kind: string): ChildProcess {
    const columns = "custom-columns=TYPE:.type,NAME:.object.metadata.name,REVISION:.object.metadata.resourceVersion";
    const how = ["--all-namespaces", "--watch", "--output-watch-events", "--no-headers", "-o", columns];
    const child = spawn(kubectl, ["--kubeconfig", kubeconfig, "get", kind, ...how], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      const [event = "", name = "", revision = ""] = line.split(/\s+/);
      const object = `${kind} ${name}`;
      this.#seen.add(object);
      if (event === "DELETED") this.#deletions.push({ object, revision: Number(revision) });
    });
    return child;
  }
}
