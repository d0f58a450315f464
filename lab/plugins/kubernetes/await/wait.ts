import { type KubeClient, refOf } from "../api/client";
import { isNotFound } from "../api/errors";
import { type KubeObject, nameOf, stringAt } from "../object/object";
import type { StoreHandle, Stores } from "./store";
import { type ReadinessRule, type Verdict, titleOf } from "./verdict";

/** The object exists but is not ready: the time was up, the user cancelled, or it failed for good. */
export class NotReady extends Error {
  constructor(
    /** As last seen. */
    readonly object: KubeObject,
    message: string,
    readonly problems: readonly string[],
  ) {
    super(message);
    this.name = "NotReady";
  }
}

export interface Wait {
  readonly client: KubeClient;
  readonly stores: Stores;
  readonly rule: ReadinessRule;
  /** The object as the write returned it. */
  readonly object: KubeObject;
  readonly before: KubeObject | undefined;
  /** In milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Shows what is being waited for. */
  readonly status: (progress: string) => void;
}

/** Waits until the rule is satisfied, and returns the object as last seen. Throws NotReady. */
export async function waitUntilReady(wait: Wait): Promise<KubeObject> {
  return wait.rule.related.length === 0 ? waitAlone(wait) : waitWithRelated(wait);
}

/** Looks once. Throws NotReady. */
export async function requireReady(wait: Omit<Wait, "timeout" | "status" | "before">): Promise<void> {
  const { client, rule, object, signal } = wait;
  const namespace = stringAt(object, "metadata", "namespace");
  const lists = await Promise.all(
    rule.related.map(async (collection) => {
      const { items } = await client.list({ ...collection, namespace }, signal);
      return [collection.kind, items.map((item) => ({ ...collection, ...item }))] as const;
    }),
  );
  const related = new Map<string, readonly KubeObject[]>(lists);
  const verdict = rule.judge(object, (kind) => related.get(kind) ?? [], object);
  if (verdict.state === "ready" || verdict.state === "settling") return;
  throw new NotReady(object, `${titleOf(object)} exists but is not ready`, verdict.problems);
}

async function waitAlone(wait: Wait): Promise<KubeObject> {
  return new Waiting(wait).until(async (look, signal) => {
    let { object } = wait;
    look(object, true);
    const ref = refOf(object);
    while (!signal.aborted) {
      const resourceVersion = stringAt(object, "metadata", "resourceVersion");
      const fieldSelector = `metadata.name=${nameOf(object)}`;
      for await (const event of wait.client.watch(ref, { resourceVersion, fieldSelector, signal })) {
        if (event.type === "ERROR") break;
        if (event.type === "BOOKMARK") continue;
        object = event.object;
        look(object, event.type !== "DELETED");
      }
      if (signal.aborted) return;
      // The server closed the watch: begin again from what is there now.
      object = await wait.client.get(ref, signal);
      look(object, true);
    }
  });
}

async function waitWithRelated(wait: Wait): Promise<KubeObject> {
  const { stores, rule, object } = wait;
  const { apiVersion, kind, namespace, name } = refOf(object);
  const handles = new Map<string, StoreHandle>();
  try {
    return await new Waiting(wait).until(async (look, signal) => {
      const changed = (): void => {
        const all = [...handles.values()];
        const failed = all.find(({ failure }) => failure !== undefined);
        if (failed !== undefined) return look(object, true, failed.failure);
        if (handles.size <= rule.related.length || !all.every(({ synced }) => synced)) return;
        const seen = handles.get(kind)?.objects.get(name);
        look(seen !== undefined && isNewer(seen, object) ? seen : object, true);
      };
      for (const collection of [{ apiVersion, kind }, ...rule.related]) {
        handles.set(collection.kind, stores.open({ ...collection, namespace }, changed));
      }
      changed();
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    }, handles);
  } finally {
    for (const handle of handles.values()) handle.close();
  }
}

type Look = (object: KubeObject, exists: boolean, failure?: unknown) => void;

/** One wait in progress: judges each look, and ends on readiness, failure, timeout or cancellation. */
class Waiting {
  readonly #wait: Wait;
  readonly #done = new AbortController();
  #last: KubeObject;
  #verdict: Verdict | undefined;
  #settled: NodeJS.Timeout | undefined;
  #shown = "";

  constructor(wait: Wait) {
    this.#wait = wait;
    this.#last = wait.object;
  }

  async until(
    follow: (look: Look, signal: AbortSignal) => Promise<void>,
    handles: ReadonlyMap<string, StoreHandle> = new Map(),
  ): Promise<KubeObject> {
    const { timeout, signal, rule, before, status } = this.#wait;
    return new Promise<KubeObject>((resolve, reject) => {
      const end = (finish: () => void): void => {
        if (this.#done.signal.aborted) return;
        this.#done.abort();
        clearTimeout(timer);
        clearTimeout(this.#settled);
        signal.removeEventListener("abort", cancel);
        finish();
      };
      const fail = (message: string): void => {
        const problems = this.#verdict !== undefined && "problems" in this.#verdict ? this.#verdict.problems : [];
        end(() => reject(new NotReady(this.#last, message, problems)));
      };
      const cancel = (): void => fail(`waiting for ${titleOf(this.#last)} was cancelled`);
      const timer = setTimeout(() => {
        fail(`${titleOf(this.#last)} was not ready after ${timeout / 1000} s`);
      }, timeout);
      signal.addEventListener("abort", cancel);
      if (signal.aborted) return cancel();
      const related = (kind: string): readonly KubeObject[] => [...(handles.get(kind)?.objects.values() ?? [])];
      const look: Look = (object, exists, failure) => {
        if (this.#done.signal.aborted) return;
        clearTimeout(this.#settled);
        if (failure !== undefined) return end(() => reject(failure));
        this.#last = object;
        if (!exists) return fail(`${titleOf(object)} was deleted while it was waited for`);
        const verdict = rule.judge(object, related, before);
        this.#verdict = verdict;
        if (verdict.state === "ready") return end(() => resolve(object));
        if (verdict.state === "failed") return fail(`${titleOf(object)} failed`);
        if (verdict.progress !== this.#shown) status(verdict.progress);
        this.#shown = verdict.progress;
        if (verdict.state === "settling") {
          this.#settled = setTimeout(() => end(() => resolve(object)), verdict.milliseconds);
        }
      };
      follow(look, this.#done.signal).catch((error: unknown) => {
        if (isNotFound(error)) fail(`${titleOf(this.#last)} was deleted while it was waited for`);
        else end(() => reject(error));
      });
    });
  }
}

/** Stores may lag behind a write: what is older than the write's answer is not looked at. */
function isNewer(seen: KubeObject, than: KubeObject): boolean {
  const [a, b] = [seen, than].map((object) => Number(stringAt(object, "metadata", "resourceVersion")));
  return (a ?? 0) >= (b ?? 0);
}
