import { timestamp, type GitLabContext } from "../context";
import { latestJobs, refreshPipeline } from "./progress";
import type { GivenVariable, Job } from "./records";

/** Has a new job take the place of one that is over; what was skipped for its sake waits again. */
export function retryJob(context: GitLabContext, job: Job, userId: number, attempt = 0): Job {
  const { store } = context;
  const { id, ...fields } = job;
  store.jobs.update(id, { retried: true });
  const again = store.jobs.insert({
    ...fields,
    user_id: userId,
    status: "pending",
    attempt,
    failure_reason: null,
    exit_code: null,
    has_artifacts: false,
    dotenv: {},
    created_at: timestamp(context),
    queued_at: timestamp(context),
    started_at: null,
    finished_at: null,
    erased_at: null,
  });
  context.events.emit("job", { job_id: again.id });
  const stages = store.pipelines.need(job.pipeline_id).stages;
  for (const other of latestJobs(context, job.pipeline_id)) {
    const isLater = stages.indexOf(other.stage) >= stages.indexOf(job.stage) && other.id !== again.id;
    if (other.status === "skipped" && isLater) store.jobs.update(other.id, { status: "created", finished_at: null });
  }
  refreshPipeline(context, job.pipeline_id);
  return again;
}

/** Starts a manual job, with variables of its own. */
export function playJob(context: GitLabContext, job: Job, userId: number, variables: readonly GivenVariable[]): Job {
  const queued_at = timestamp(context);
  const played = context.store.jobs.update(job.id, {
    status: "pending",
    user_id: userId,
    variables,
    queued_at,
    finished_at: null,
  });
  context.events.emit("job", { job_id: job.id });
  const stages = context.store.pipelines.need(job.pipeline_id).stages;
  for (const other of latestJobs(context, job.pipeline_id)) {
    const isLater = stages.indexOf(other.stage) > stages.indexOf(job.stage);
    if (other.status === "skipped" && isLater)
      context.store.jobs.update(other.id, { status: "created", finished_at: null });
  }
  refreshPipeline(context, job.pipeline_id);
  return played;
}
