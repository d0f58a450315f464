import { setTimeout as delay } from "node:timers/promises";
import type { ApiClient } from "./api-client";

/** What a watch gives to know of an object. */
export interface WatchedObject {
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
}

interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR";
  readonly object: WatchedObject;
}

/** Between two attempts to reach the API server: doubled up to the second, so that one that restarts is met soon. */
const [firstPause, longestPause] = [50, 2_000];

/**
 * An object as it is now, and after each change; undefined while there is none. Goes on over ends of a watch and over
 * restarts of the API server, without missing what the object has become, until the signal is aborted.
 *
 * @param collection the path of the objects of its kind: `/api/v1/namespaces/kube-system/configmaps`
 * @param complain is told why the API server could not be asked, once for each reason
 */
export async function* watchObject<T extends WatchedObject>(
  client: ApiClient,
  collection: string,
  name: string,
  signal: AbortSignal,
  complain: (reason: string) => void,
): AsyncGenerator<T | undefined> {
  const selector = `fieldSelector=${encodeURIComponent(`metadata.name=${name}`)}`;
  let pause = firstPause;
  let complaint = "";
  while (!signal.aborted) {
    try {
      const { items, version } = await list<T>(client, `${collection}?${selector}`, signal);
      pause = firstPause;
      complaint = "";
      yield items[0];
      for await (const event of eventsSince(client, `${collection}?${selector}`, version, signal)) {
        yield event.type === "DELETED" ? undefined : (event.object as T);
      }
    } catch (error) {
      if (signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== complaint) complain(reason);
      complaint = reason;
      await delay(pause, undefined, { signal }).catch(() => undefined);
      pause = Math.min(2 * pause, longestPause);
    }
  }
}

async function list<T>(client: ApiClient, path: string, signal: AbortSignal) {
  const { status, body } = await client.get(path, signal);
  if (status !== 200) throw new Error(`GET ${path} answers ${String(status)}: ${JSON.stringify(body)}`);
  const { items, metadata } = body as { items: readonly T[]; metadata: { resourceVersion: string } };
  return { items, version: metadata.resourceVersion };
}

/** All changes since a version, over as many watches as it takes; returns when the object has to be listed anew. */
async function* eventsSince(
  client: ApiClient,
  path: string,
  from: string,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent> {
  let version = from;
  for (;;) {
    for await (const line of client.lines(
      `${path}&watch=true&allowWatchBookmarks=true&resourceVersion=${version}`,
      signal,
    )) {
      const event = line as WatchEvent;
      // The server no longer knows what happened since: 410 Gone.
      if (event.type === "ERROR") return;
      version = event.object.metadata.resourceVersion;
      if (event.type !== "BOOKMARK") yield event;
    }
  }
}
