import { groupVersion } from "../object/gvk";
import { NoSuchKind } from "./errors";
import type { Transport } from "./transport";

/** A kind as the API server serves it. */
export interface ApiResource {
  readonly apiVersion: string;
  readonly kind: string;
  /** The plural in URLs. */
  readonly plural: string;
  readonly namespaced: boolean;
}

interface AggregatedDiscovery {
  readonly items?: readonly {
    readonly metadata?: { readonly name?: string };
    readonly versions?: readonly {
      readonly version: string;
      readonly resources?: readonly {
        readonly resource: string;
        readonly responseKind?: { readonly kind?: string };
        readonly scope?: string;
      }[];
    }[];
  }[];
}

/** The format that lists all groups, versions and kinds in one answer. Source: KEP 3352, aggregated discovery. */
const aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

/** What kinds the cluster serves: asked once, and again when a kind is unknown, since CRDs come and go. */
export class Discovery {
  readonly #transport: Transport;
  #kinds: Promise<ReadonlyMap<string, ApiResource>> | undefined;
  #asked = 0;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The kind, looked up anew when it is not among those known. Throws NoSuchKind. */
  async require(apiVersion: string, kind: string): Promise<ApiResource> {
    const found = await this.find(apiVersion, kind);
    if (found === undefined) throw new NoSuchKind(apiVersion, kind);
    return found;
  }

  async find(apiVersion: string, kind: string): Promise<ApiResource | undefined> {
    const key = keyOf(apiVersion, kind);
    const asked = this.#asked;
    const known = (await this.all()).get(key);
    if (known !== undefined) return known;
    // Whoever misses a kind at the same time shares one new look.
    if (this.#asked === asked && asked > 0) this.forget();
    return (await this.all()).get(key);
  }

  /** Asks again at the next use: a CustomResourceDefinition came or went. */
  forget(): void {
    this.#kinds = undefined;
  }

  /** All kinds. Throws Unreachable or ApiError, and then asks again the next time. */
  all(): Promise<ReadonlyMap<string, ApiResource>> {
    this.#kinds ??= this.#ask().catch((error: unknown) => {
      this.#kinds = undefined;
      throw error;
    });
    return this.#kinds;
  }

  async #ask(): Promise<ReadonlyMap<string, ApiResource>> {
    const lists = await Promise.all(
      ["/api", "/apis"].map((path) =>
        this.#transport.send<AggregatedDiscovery>({ method: "GET", path, accept: aggregated }),
      ),
    );
    this.#asked += 1;
    return new Map(lists.flatMap(resources).map((resource) => [keyOf(resource.apiVersion, resource.kind), resource]));
  }
}

function resources({ items = [] }: AggregatedDiscovery): ApiResource[] {
  return items.flatMap(({ metadata, versions = [] }) =>
    versions.flatMap(({ version, resources: list = [] }) =>
      list.map(({ resource, responseKind, scope }) => ({
        apiVersion: groupVersion({ group: metadata?.name ?? "", version }),
        kind: responseKind?.kind ?? "",
        plural: resource,
        namespaced: scope === "Namespaced",
      })),
    ),
  );
}

function keyOf(apiVersion: string, kind: string): string {
  return `${apiVersion}/${kind}`;
}
