import { rmSync } from "node:fs";
import { join } from "node:path";
import type { GitLabContext } from "../context";
import type { Push } from "../events";
import { noCommit } from "../../git/webhooks/push-event";
import { cancelRedundant } from "./auto-cancel";
import { createPipeline, type Creation, dryRun, type NewPipeline, type PlanMeans } from "./create";
import type { GitLabCiLocal } from "./gitlab-ci-local";
import { tellHooksOfPipelines } from "./hooks";
import { endLeftovers } from "./leftovers";
import { limiter, type Limiter } from "./limit";
import type { Plan } from "./plan";
import { advance, changeJob } from "./progress";
import { JobQueue } from "./queue";
import { runDueSchedules } from "./schedule-clock";
import { ensureCiTool } from "./tool";
import { addToTrace, ciFolders, type CiFolders, eraseFiles } from "./work";

/** How many CI files are read at once. */
const plansAtOnce = 2;

/** How often the double looks whether a schedule is due; GitLab does so every few minutes. */
const lookMs = 1_000;

const started = new WeakMap<GitLabContext, Ci>();

/** The pipelines of a double: one of these for each. It runs from the first call on. */
export function ciOf(context: GitLabContext): Ci {
  const ci = started.get(context) ?? new Ci(context);
  started.set(context, ci);
  return ci;
}

/** Makes pipelines, on what happens and on request, and has their jobs run. */
export class Ci {
  readonly folders: CiFolders;
  readonly queue: JobQueue;
  private readonly clock: NodeJS.Timeout;
  private readonly closing = new AbortController();
  private readonly limit = limiter(plansAtOnce);
  private readonly inOrder = new Map<number, Limiter>();
  private readonly making = new Set<Promise<unknown>>();
  private tool: Promise<GitLabCiLocal> | undefined;

  constructor(private readonly context: GitLabContext) {
    this.folders = ciFolders(context.folder);
    this.queue = new JobQueue(context, this.folders, () => unlessAborted(this.ensureTool(), this.closing.signal));
    tellHooksOfPipelines(context);
    this.failWhatRan();
    this.clock = setInterval(() => {
      // What an earlier process has left goes on as soon as this one has an address.
      this.queue.pump();
      runDueSchedules(context, (pipeline) => this.create(pipeline));
    }, lookMs).unref();
    context.events.on("push", (push) => {
      this.inBackground(this.onPush(push));
    });
    context.events.on("merge request", ({ merge_request_id, action }) => {
      if (["open", "update", "reopen"].includes(action)) this.inBackground(this.onMergeRequest(merge_request_id));
    });
    context.events.on("project removed", ({ project_id }) => {
      this.forget(project_id);
    });
  }

  /** Makes a pipeline and has its jobs run. */
  async create(pipeline: NewPipeline): Promise<Creation> {
    const made = this.inOrderOf(pipeline.project.id, () => createPipeline(this.context, this.means, pipeline));
    this.making.add(made);
    try {
      const creation = await made;
      if (creation.kind === "created") {
        cancelRedundant(this.context, this.queue, creation.pipeline);
        this.queue.pump();
      }
      return creation;
    } finally {
      this.making.delete(made);
    }
  }

  /** Has a pipeline go on after one of its jobs was changed by somebody. */
  proceed(pipelineId: number): void {
    advance(this.context, pipelineId);
    this.queue.pump();
  }

  /** What a CI file would come to. */
  lint(input: Parameters<typeof dryRun>[2]): Promise<Plan> {
    return this.limit(() => dryRun(this.context, this.means, input));
  }

  /** Ends every job. What ran has failed once the double is started again. */
  async close(): Promise<void> {
    clearInterval(this.clock);
    this.closing.abort(new Error("the double is closed"));
    await this.queue.close();
    await Promise.allSettled(this.making);
  }

  private get means(): PlanMeans {
    const { signal } = this.closing;
    return { tool: () => unlessAborted(this.ensureTool(), signal), runs: this.folders.runs, signal };
  }

  private ensureTool(): Promise<GitLabCiLocal> {
    this.tool ??= ensureCiTool().catch((error: unknown) => {
      // The next pipeline tries again.
      this.tool = undefined;
      throw error;
    });
    return this.tool;
  }

  /** After a restart: what ran has failed, what waited goes on. */
  private failWhatRan(): void {
    const { store } = this.context;
    endLeftovers(this.folders.runs);
    for (const { id } of store.jobs.where(({ status }) => status === "running")) {
      addToTrace(this.folders, id, "ERROR: Job failed (system failure): the runner was stopped");
      changeJob(this.context, id, { status: "failed", failure_reason: "runner_system_failure" });
    }
    for (const { id } of store.pipelines.where(({ finished_at }) => finished_at === null)) advance(this.context, id);
  }

  /** The pipelines of a project come in the order of what has started them, as a later one cancels those before it. */
  private inOrderOf<T>(projectId: number, work: () => Promise<T>): Promise<T> {
    const turn = this.inOrder.get(projectId) ?? limiter(1);
    this.inOrder.set(projectId, turn);
    return turn(() => this.limit(work));
  }

  private async onPush({ project_id, user_id, ref, before, after, push_options }: Push): Promise<void> {
    const project = this.context.store.projects.get(project_id);
    const user = this.context.store.users.get(user_id);
    if (project === undefined || user === undefined || after === noCommit) return;
    if (project.settings["builds_access_level"] === "disabled") return;
    const pushed = { project, user, ref, before, source: "push", keepsErrors: true } as const;
    const isTag = ref.startsWith("refs/tags/");
    // An annotated tag's object is no commit: the ref leads to it.
    await this.create({ ...pushed, ...(!isTag && { sha: after }), pushOptions: push_options ?? [] });
  }

  private async onMergeRequest(id: number): Promise<void> {
    const { store } = this.context;
    const { project_id, author_id, source_branch, state, sha } = store.mergeRequests.need(id);
    const isThere = store.pipelines.find((one) => one.merge_request_id === id && one.sha === sha);
    if (state !== "opened" || isThere !== undefined) return;
    const [project, user] = [store.projects.need(project_id), store.users.need(author_id)];
    const ref = `refs/heads/${source_branch}`;
    await this.create({ project, user, ref, source: "merge_request_event", mergeRequestId: id, keepsErrors: false });
  }

  private forget(projectId: number): void {
    const { store } = this.context;
    this.inOrder.delete(projectId);
    for (const { id } of store.jobs.where(({ project_id }) => project_id === projectId)) {
      this.queue.cancel(id);
      eraseFiles(this.folders, id);
    }
    rmSync(join(this.folders.caches, String(projectId)), { recursive: true, force: true });
    for (const table of [store.jobs, store.pipelines, store.triggers, store.schedules, store.environments]) {
      table.removeWhere(({ project_id }: { readonly project_id: number }) => project_id === projectId);
    }
    store.protectedEnvironments.removeWhere(({ project_id }) => project_id === projectId);
  }

  private inBackground(work: Promise<unknown>): void {
    this.making.add(work);
    void work
      .catch((error: unknown) => {
        this.context.log(`a pipeline could not be made: ${error instanceof Error ? error.message : String(error)}`);
      })
      .finally(() => this.making.delete(work));
  }
}

/** Gives up waiting for what cannot be stopped. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", stop);
    });
  });
}
