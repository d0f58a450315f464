import { timestamp, type GitLabContext } from "../context";
import { baseName } from "./plan";
import { isDone, type Job, type Pipeline } from "./records";
import { compositeStatus, nextStatus } from "./statuses";

/** The jobs of a pipeline that count: of those that were run again, the last. */
export function latestJobs({ store }: Pick<GitLabContext, "store">, pipelineId: number): Job[] {
  return store.jobs.where(({ pipeline_id, retried }) => pipeline_id === pipelineId && !retried);
}

/** Changes a job, and its pipeline with it. */
export function changeJob(context: GitLabContext, id: number, changes: Partial<Omit<Job, "id">>): Job {
  const before = context.store.jobs.need(id);
  const status = changes.status ?? before.status;
  const isOver = isDone(status) && !isDone(before.status);
  const job = context.store.jobs.update(id, { ...changes, ...(isOver && { finished_at: timestamp(context) }) });
  if (status !== before.status) context.events.emit("job", { job_id: id });
  refreshPipeline(context, job.pipeline_id);
  return job;
}

/** Has a pipeline's state follow from its jobs. */
export function refreshPipeline(context: GitLabContext, id: number): void {
  const { store, events } = context;
  const pipeline = store.pipelines.get(id);
  if (pipeline === undefined) return;
  const jobs = latestJobs(context, id);
  const status = compositeStatus(jobs);
  if (jobs.length === 0 || status === pipeline.status) return;
  const now = timestamp(context);
  const isOver = isDone(status);
  store.pipelines.update(id, {
    status,
    updated_at: now,
    started_at: pipeline.started_at ?? (status === "running" ? now : null),
    finished_at: isOver ? now : null,
  });
  events.emit("pipeline", { pipeline_id: id });
}

/** Moves every waiting job of a pipeline on as far as the jobs before it let it. */
export function advance(context: GitLabContext, pipelineId: number): void {
  const pipeline = context.store.pipelines.get(pipelineId);
  if (pipeline === undefined) return;
  for (let moved = true; moved;) {
    moved = false;
    const jobs = latestJobs(context, pipelineId);
    for (const job of jobs.filter(({ status }) => status === "created")) {
      const next = nextStatus(
        { when: job.when, needs: job.definition.needs !== null },
        jobsBefore(pipeline, jobs, job),
      );
      if (next === undefined) continue;
      changeJob(context, job.id, { status: next, ...(next === "pending" && { queued_at: timestamp(context) }) });
      moved = true;
      break;
    }
  }
}

/** The jobs that a job waits for: what it needs, or all of earlier stages. */
function jobsBefore(pipeline: Pick<Pipeline, "stages">, jobs: readonly Job[], job: Job): Job[] {
  const { needs } = job.definition;
  if (needs !== null) return jobs.filter(({ name }) => needs.some((need) => isNamed(name, need.job)));
  const stage = pipeline.stages.indexOf(job.stage);
  return jobs.filter((one) => pipeline.stages.indexOf(one.stage) < stage);
}

/** The jobs whose artifacts and dotenv reports a job gets. */
export function suppliers(pipeline: Pick<Pipeline, "stages">, jobs: readonly Job[], job: Job): Job[] {
  const { needs, dependencies } = job.definition;
  return jobsBefore(pipeline, jobs, job).filter(({ name }) => {
    const wanted = dependencies === null || dependencies.some((one) => isNamed(name, one));
    return wanted && (needs === null || needs.some((need) => need.artifacts && isNamed(name, need.job)));
  });
}

/** Whether a job is meant by a name: its own, or that of all that `parallel` has made of one. */
function isNamed(name: string, wanted: string): boolean {
  return name === wanted || baseName(name) === wanted;
}
