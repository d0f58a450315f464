import type { KubeObject } from "../object/object";
import { apiVersionOf, kindOf, namespaceOf } from "../object/object";
import { type ApiResource, Discovery } from "./discovery";
import { Transport, type TransportLimits } from "./transport";
import type { ClusterAccess } from "./kubeconfig";

/** Names one object in the cluster. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  /** `""` means `default` for kinds that live in namespaces, and nothing for the others. */
  readonly namespace: string;
  readonly name: string;
}

export interface WriteOptions {
  readonly fieldManager: string;
  /** Let the server do all but store it. */
  readonly dryRun: boolean;
  readonly signal?: AbortSignal;
}

export interface ApplyOptions extends WriteOptions {
  /** Take over fields that other managers own. */
  readonly force: boolean;
}

/** What may happen to the objects that the deleted one owns. */
export type Propagation = "Foreground" | "Background" | "Orphan";

/** A change that a watch saw. */
export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: KubeObject;
}

export interface WatchOptions {
  /** Where to begin: changes after this version. Absent: all present objects come first, as ADDED. */
  readonly resourceVersion?: string;
  readonly fieldSelector?: string;
  readonly signal: AbortSignal;
}

export type PatchType = "application/merge-patch+json" | "application/json-patch+json";

/** The API server of one cluster, for objects of any kind. */
export class KubeClient {
  readonly transport: Transport;
  readonly discovery: Discovery;

  constructor(access: ClusterAccess, limits: TransportLimits = {}) {
    this.transport = new Transport(access, limits);
    this.discovery = new Discovery(this.transport);
  }

  async get(ref: ObjectRef, signal?: AbortSignal): Promise<KubeObject> {
    return this.transport.send({ method: "GET", path: await this.#path(ref), ...optional(signal) });
  }

  async list(collection: Omit<ObjectRef, "name">, signal?: AbortSignal): Promise<ObjectList> {
    const path = await this.#path({ ...collection, name: "" });
    return this.transport.send({ method: "GET", path, ...optional(signal) });
  }

  /** Creates the object; an ApiError with reason AlreadyExists when there is one of that name. */
  async create(object: KubeObject, options: WriteOptions): Promise<KubeObject> {
    const path = await this.#path({ ...refOf(object), name: "" });
    const body = JSON.stringify(object);
    return this.transport.send({ method: "POST", path: path + query(options), body, ...optional(options.signal) });
  }

  /** Replaces the whole object; it must carry the resourceVersion that it replaces. */
  async replace(object: KubeObject, options: WriteOptions): Promise<KubeObject> {
    const path = await this.#path(refOf(object));
    const body = JSON.stringify(object);
    return this.transport.send({ method: "PUT", path: path + query(options), body, ...optional(options.signal) });
  }

  /** Server-side apply: creates the object or makes the manager's fields so. */
  async apply(object: KubeObject, options: ApplyOptions): Promise<KubeObject> {
    const path = (await this.#path(refOf(object))) + query(options, { force: String(options.force) });
    // Every JSON text is YAML, and this content type is the one that asks for server-side apply.
    const contentType = "application/apply-patch+yaml";
    return this.transport.send({
      method: "PATCH",
      path,
      body: JSON.stringify(object),
      contentType,
      ...optional(options.signal),
    });
  }

  async patch(ref: ObjectRef, type: PatchType, patch: unknown, options: WriteOptions): Promise<KubeObject> {
    const path = (await this.#path(ref)) + query(options);
    const body = JSON.stringify(patch);
    return this.transport.send({ method: "PATCH", path, body, contentType: type, ...optional(options.signal) });
  }

  /** Asks for the deletion. The answer is a `Status` when the object is gone, else the object as it waits. */
  async delete(ref: ObjectRef, propagationPolicy: Propagation, signal?: AbortSignal): Promise<KubeObject> {
    const path = await this.#path(ref);
    const body = JSON.stringify({ kind: "DeleteOptions", apiVersion: "v1", propagationPolicy });
    return this.transport.send({ method: "DELETE", path, body, ...optional(signal) });
  }

  /** The changes of a collection, until the server closes the watch (it does after some minutes) or the signal aborts. */
  async *watch(collection: Omit<ObjectRef, "name">, options: WatchOptions): AsyncGenerator<WatchEvent> {
    const path = await this.#path({ ...collection, name: "" });
    const { resourceVersion, fieldSelector, signal } = options;
    const parameters = new URLSearchParams({
      watch: "true",
      allowWatchBookmarks: "true",
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      ...(fieldSelector === undefined ? {} : { fieldSelector }),
    });
    for await (const line of this.transport.lines({ method: "GET", path: `${path}?${parameters}`, signal })) {
      yield JSON.parse(line) as WatchEvent;
    }
  }

  /** Whether the kind lives in namespaces; `undefined` when the cluster does not know it. */
  async isNamespaced(apiVersion: string, kind: string): Promise<boolean | undefined> {
    return (await this.discovery.find(apiVersion, kind))?.namespaced;
  }

  async #path({ apiVersion, kind, namespace, name }: ObjectRef): Promise<string> {
    const resource = await this.discovery.require(apiVersion, kind);
    return collectionPath(resource, namespace) + (name === "" ? "" : `/${encodeURIComponent(name)}`);
  }
}

export interface ObjectList {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly KubeObject[];
}

/** Kind, namespace and name of an object. */
export function refOf(object: KubeObject): ObjectRef {
  const name = (object["metadata"] as { name?: string } | undefined)?.name ?? "";
  return { apiVersion: apiVersionOf(object), kind: kindOf(object), namespace: namespaceOf(object), name };
}

function collectionPath({ apiVersion, plural, namespaced }: ApiResource, namespace: string): string {
  const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope = namespaced ? `/namespaces/${encodeURIComponent(namespace === "" ? "default" : namespace)}` : "";
  return `${root}${scope}/${plural}`;
}

function query({ fieldManager, dryRun }: WriteOptions, more: Record<string, string> = {}): string {
  return `?${new URLSearchParams({ fieldManager, ...(dryRun ? { dryRun: "All" } : {}), ...more })}`;
}

function optional(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
