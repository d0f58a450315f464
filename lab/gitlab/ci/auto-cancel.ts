import type { GitLabContext } from "../context";
import { latestJobs } from "./progress";
import type { JobQueue } from "./queue";
import { isDone, type Pipeline } from "./records";

/**
 * Cancels older pipelines of the same branch for another commit, as GitLab does unless the project's setting
 * `auto_cancel_pending_pipelines` is off: those of which no job has started that is not `interruptible`.
 */
export function cancelRedundant(context: GitLabContext, queue: JobQueue, pipeline: Pipeline): void {
  const { store } = context;
  const { settings } = store.projects.need(pipeline.project_id);
  if (settings["auto_cancel_pending_pipelines"] === "disabled") return;
  if (pipeline.source === "schedule" || pipeline.tag || isDone(pipeline.status)) return;
  const older = store.pipelines.where(
    ({ id, project_id, ref, sha, status }) =>
      id < pipeline.id &&
      project_id === pipeline.project_id &&
      ref === pipeline.ref &&
      sha !== pipeline.sha &&
      !isDone(status),
  );
  for (const { id } of older) {
    const jobs = latestJobs(context, id);
    const isBound = jobs.some(({ started_at, definition }) => started_at !== null && !definition.interruptible);
    if (!isBound) for (const job of jobs) queue.cancel(job.id);
  }
}
