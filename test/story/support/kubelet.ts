import { setTimeout as delay } from "node:timers/promises";
import { servers } from "../../../lab/argocd/servers";
import { layoutOf } from "../../../lab/layout";
import { type ProcessRecord, RecordFolder, stopProcess } from "../../../lab/process";
import type { Story } from "./story";

interface Pod {
  readonly metadata: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
  };
}

/** Between two looks. */
const interval = 100;

/**
 * Ends Argo CD's processes when the pods that they play are told to go, as kubelets do: without it, a controller whose
 * StatefulSet is gone would still work off finalizers, which no cluster grants.
 */
export class Kubelet {
  readonly #records: RecordFolder;
  readonly #ended: string[] = [];
  #running = true;
  readonly #done: Promise<void>;

  constructor(private readonly story: Story) {
    this.#records = new RecordFolder(layoutOf(story.stateDir).records);
    this.#done = this.#run();
  }

  /** The processes that were ended, in this order. */
  get ended(): readonly string[] {
    return this.#ended;
  }

  async stop(): Promise<void> {
    this.#running = false;
    await this.#done;
  }

  async #run(): Promise<void> {
    while (this.#running) {
      const staying = await this.#staying();
      const surplus = this.#processes().filter(({ server }) => !staying.has(server));
      await Promise.all(surplus.map(({ record }) => this.#end(record)));
      await delay(interval);
    }
  }

  /** The workloads that have a pod which was not told to go. */
  async #staying(): Promise<ReadonlySet<string>> {
    const list = (await this.story.get("/api/v1/namespaces/argocd/pods")) as { readonly items: readonly Pod[] };
    const staying = list.items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
    return new Set(staying.map(({ metadata }) => metadata.labels?.["app.kubernetes.io/name"] ?? ""));
  }

  #processes(): { readonly record: ProcessRecord; readonly server: string }[] {
    const names = servers.flat().map(({ name }) => name);
    return this.#records.list().flatMap((record) => {
      const server = names.find((name) => record.name === name);
      return server === undefined ? [] : [{ record, server }];
    });
  }

  async #end({ name, identity, stopGrace }: ProcessRecord): Promise<void> {
    await stopProcess(identity, stopGrace);
    this.#records.remove(name);
    this.#ended.push(name);
  }
}
