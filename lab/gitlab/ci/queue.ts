import { levelInProject } from "../auth/access";
import type { GitLabContext } from "../context";
import { mayDeploy } from "./deployments";
import type { GitLabCiLocal } from "./gitlab-ci-local";
import type { JobOutcome } from "./job-run";
import { advance, changeJob } from "./progress";
import type { Job } from "./records";
import { retryJob } from "./retry";
import { addToTrace, type CiFolders, noteOutcome, work } from "./work";

/** How many jobs run at once. */
const jobsAtOnce = 2;
/** GitLab's default for a project; `timeout` of the CI file is not obeyed. */
const longestMs = 60 * 60 * 1000;

/** Runs pending jobs, the earliest first, a bounded number at once and one of each resource group. */
export class JobQueue {
  private readonly running = new Map<number, { readonly abort: AbortController; readonly end: Promise<void> }>();
  private isClosed = false;

  constructor(
    private readonly context: GitLabContext,
    private readonly folders: CiFolders,
    private readonly tool: () => Promise<GitLabCiLocal>,
  ) {}

  /** Starts what may run now. */
  pump(): void {
    // Its jobs have to be told where it is reached.
    if (this.isClosed || this.context.url === "") return;
    const { store } = this.context;
    const waiting = store.jobs.where(({ status }) => status === "pending" || status === "waiting_for_resource");
    for (const job of waiting) {
      if (this.isRefused(job)) continue;
      if (this.isResourceTaken(job)) {
        if (job.status === "pending") changeJob(this.context, job.id, { status: "waiting_for_resource" });
      } else if (this.running.size < jobsAtOnce) this.start(job.id);
    }
  }

  /** Ends a job that is not over, wherever it stands. */
  cancel(id: number): void {
    const job = this.context.store.jobs.get(id);
    if (job === undefined || ["success", "failed", "canceled", "skipped"].includes(job.status)) return;
    changeJob(this.context, id, { status: "canceled" });
    const run = this.running.get(id);
    if (run === undefined) return;
    addToTrace(this.folders, id, "ERROR: Job failed: canceled");
    run.abort.abort();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const runs = [...this.running.values()];
    for (const { abort } of runs) abort.abort();
    await Promise.all(runs.map(({ end }) => end));
  }

  private isResourceTaken({ project_id, definition }: Job): boolean {
    const group = definition.resource_group;
    if (group === null) return false;
    return [...this.running.keys()].some((id) => {
      const other = this.context.store.jobs.get(id);
      return other?.project_id === project_id && other.definition.resource_group === group;
    });
  }

  /** A job whose user may not deploy to its environment fails before it has begun. */
  private isRefused(job: Job): boolean {
    const { store } = this.context;
    const user = store.users.get(job.user_id);
    const role = user === undefined ? 0 : levelInProject(this.context, store.projects.need(job.project_id), user);
    if (mayDeploy(this.context, job, job.user_id, role)) return false;
    this.tell(job.id, "This environment is protected, and you are not allowed to deploy to it");
    changeJob(this.context, job.id, { status: "failed", failure_reason: "protected_environment_failure" });
    advance(this.context, job.pipeline_id);
    return true;
  }

  private start(id: number): void {
    const abort = new AbortController();
    const end = this.run(id, abort).finally(() => {
      this.running.delete(id);
      this.pump();
    });
    this.running.set(id, { abort, end });
  }

  private async run(id: number, abort: AbortController): Promise<void> {
    const pipelineId = this.context.store.jobs.need(id).pipeline_id;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      abort.abort();
    }, longestMs).unref();
    let outcome: JobOutcome;
    try {
      outcome = await work(this.context, this.folders, await this.tool(), id, abort.signal);
      if (isLate) outcome = failed("job_execution_timeout");
    } catch (error) {
      outcome = failed("runner_system_failure");
      const reason = error instanceof Error ? error.message : String(error);
      if (!abort.signal.aborted) this.tell(id, reason);
    } finally {
      clearTimeout(timer);
    }
    // Once the double is closed, the next one finds what ran as it was.
    if (this.isClosed) return;
    noteOutcome(this.context, id, outcome);
    const job = this.context.store.jobs.get(id);
    const isReason = job?.definition.retry_when?.includes(job.failure_reason ?? "") ?? true;
    if (job?.status === "failed" && isReason && job.attempt < job.definition.retry)
      retryJob(this.context, job, job.user_id, job.attempt + 1);
    advance(this.context, pipelineId);
  }

  private tell(id: number, reason: string): void {
    if (this.context.store.jobs.get(id) === undefined) return;
    addToTrace(this.folders, id, `ERROR: Job failed (system failure): ${reason}`);
  }
}

function failed(failure_reason: string): JobOutcome {
  return { status: "failed", failure_reason, exit_code: null, has_artifacts: false, dotenv: {} };
}
