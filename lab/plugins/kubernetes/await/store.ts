import { ApiError } from "../api/errors";
import type { KubeClient } from "../api/client";
import { type KubeObject, nameOf, stringAt } from "../object/object";

/** A collection of one namespace, kept up to date by one list and one watch for all who look at it. */
export interface ObjectStore {
  /** The objects by name. */
  readonly objects: ReadonlyMap<string, KubeObject>;
  /** Whether the first list has come. */
  readonly synced: boolean;
  /** Why the store cannot be kept up to date, such as a missing permission. */
  readonly failure: unknown;
}

interface Entry extends ObjectStore {
  readonly objects: Map<string, KubeObject>;
  synced: boolean;
  failure: unknown;
  readonly listeners: Set<() => void>;
  readonly stop: AbortController;
  closing: NodeJS.Timeout | undefined;
}

/** Where collections are looked at; who is done closes its handle. */
export interface StoreHandle extends ObjectStore {
  close(): void;
}

/** Pause before a broken watch is taken up again, in milliseconds. */
const retryPause = 500;
/** How long a store lives on without users, since the next one often wants the same, in milliseconds. */
const linger = 2000;

/** The collections in use. */
export class Stores {
  readonly #client: KubeClient;
  readonly #entries = new Map<string, Entry>();

  constructor(client: KubeClient) {
    this.#client = client;
  }

  /** Opens a collection and calls the listener at each change of it, first when it is synced. */
  open(collection: { apiVersion: string; kind: string; namespace: string }, onChange: () => void): StoreHandle {
    const key = `${collection.apiVersion}/${collection.kind}/${collection.namespace}`;
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = newEntry();
      this.#entries.set(key, entry);
      void this.#follow(collection, entry);
    }
    clearTimeout(entry.closing);
    const { listeners } = entry;
    const listener = (): void => onChange();
    listeners.add(listener);
    const opened = entry;
    return {
      objects: entry.objects,
      get synced() {
        return opened.synced;
      },
      get failure() {
        return opened.failure;
      },
      close: () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        opened.closing = setTimeout(() => {
          opened.stop.abort();
          this.#entries.delete(key);
        }, linger).unref();
      },
    };
  }

  async #follow(collection: { apiVersion: string; kind: string; namespace: string }, entry: Entry): Promise<void> {
    const { signal } = entry.stop;
    let version: string | undefined;
    while (!signal.aborted) {
      try {
        version ??= await this.#list(collection, entry);
        for await (const { type, object } of this.#client.watch(collection, { resourceVersion: version, signal })) {
          if (type === "ERROR") {
            version = undefined;
            break;
          }
          version = stringAt(object, "metadata", "resourceVersion");
          if (type === "BOOKMARK") continue;
          if (type === "DELETED") entry.objects.delete(nameOf(object));
          else entry.objects.set(nameOf(object), object);
          notify(entry);
        }
      } catch (error) {
        if (signal.aborted) return;
        version = undefined;
        // What the server refuses, it will refuse again: say so. A lost connection may come back.
        if (error instanceof ApiError && error.status !== 410 && error.status < 500) {
          entry.failure = error;
          return notify(entry);
        }
        await new Promise((resolve) => setTimeout(resolve, retryPause));
      }
    }
  }

  async #list(collection: { apiVersion: string; kind: string; namespace: string }, entry: Entry): Promise<string> {
    const { metadata, items } = await this.#client.list(collection, entry.stop.signal);
    entry.objects.clear();
    for (const item of items) entry.objects.set(nameOf(item), { ...collectionFields(collection), ...item });
    entry.synced = true;
    notify(entry);
    return metadata.resourceVersion;
  }
}

/** Items of a list do not say their kind. */
function collectionFields({ apiVersion, kind }: { apiVersion: string; kind: string }): KubeObject {
  return { apiVersion, kind };
}

function newEntry(): Entry {
  return {
    objects: new Map(),
    synced: false,
    failure: undefined,
    listeners: new Set(),
    stop: new AbortController(),
    closing: undefined,
  };
}

function notify(entry: Entry): void {
  for (const listener of entry.listeners) listener();
}
