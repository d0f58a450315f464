import { UserError } from "../../model/problem";
import { backoff, type Clock } from "../clock";
import type { GitLabApi, GitLabProject, Job, Pipeline } from "./gitlab-api";
import { logTail } from "./log-tail";

/** Statuses that a pipeline does not leave by itself. */
const ENDED = new Set(["success", "failed", "canceled", "skipped"]);

/** How many of a failed job's last lines are shown. */
const LOG_LINES = 15;

export interface Watching {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds. */
  readonly timeoutMs: number;
  /** What must not be shown of a job's log. */
  readonly secrets: readonly string[];
  /** Told at each change. */
  tell(line: string): void;
}

/**
 * Waits until a pipeline has succeeded.
 *
 * @throws UserError with the failed jobs and the ends of their logs, or when it takes too long
 */
export async function watchPipeline(
  api: GitLabApi,
  project: GitLabProject,
  id: number,
  { clock, signal, timeoutMs, secrets, tell }: Watching,
): Promise<Pipeline> {
  const deadline = clock.now() + timeoutMs;
  const waits = backoff(2_000, 15_000);
  let before = "";
  for (;;) {
    const pipeline = await api.pipeline(project, id);
    if (pipeline.status !== before) tell(`pipeline ${String(id)} is ${shown(pipeline.status)}`);
    before = pipeline.status;
    if (pipeline.status === "success") return pipeline;
    if (ENDED.has(pipeline.status)) throw await failure(api, project, pipeline, secrets);
    const wait = waits.next().value;
    if (clock.now() + wait > deadline) throw overdue(pipeline, timeoutMs);
    await clock.sleep(wait, signal);
  }
}

function shown(status: string): string {
  return status === "manual" ? "manual: a job waits for somebody to start it" : status.replaceAll("_", " ");
}

function overdue({ status, webUrl }: Pipeline, timeoutMs: number): UserError {
  return new UserError([
    {
      severity: "error",
      file: webUrl,
      path: "",
      value: status,
      message: `the pipeline is not done after ${String(Math.round(timeoutMs / 1000))} s`,
      fix:
        status === "pending"
          ? "look whether a runner takes its jobs; the same command goes on waiting"
          : "look at it there; the same command goes on waiting, and a time-out flag gives it longer",
    },
  ]);
}

async function failure(
  api: GitLabApi,
  project: GitLabProject,
  pipeline: Pipeline,
  secrets: readonly string[],
): Promise<UserError> {
  const { status, yamlErrors, webUrl } = pipeline;
  const problem = { severity: "error", file: webUrl, path: "" } as const;
  if (status !== "failed") {
    return new UserError([
      {
        ...problem,
        message: `the pipeline was ${status}`,
        fix:
          status === "skipped"
            ? "a commit whose message holds [skip ci] is built nowhere: run a pipeline of its branch in GitLab, then run the same command again"
            : "run it anew in GitLab, then run the same command again",
      },
    ]);
  }
  if (yamlErrors !== undefined) {
    return new UserError([
      {
        ...problem,
        value: yamlErrors,
        message: "GitLab cannot read the CI file",
        fix: "correct it and push the correction",
      },
    ]);
  }
  const jobs = await api.failedJobs(project, pipeline.id);
  if (jobs.length === 0) {
    return new UserError([
      { ...problem, message: "the pipeline failed", fix: "see there which downstream pipeline or job has failed" },
    ]);
  }
  const logs = await Promise.all(jobs.map((job) => api.jobLog(project, job.id)));
  return new UserError(jobs.map((job, index) => jobProblem(job, logs[index], secrets)));
}

function jobProblem(job: Job, log: string | undefined, secrets: readonly string[]) {
  const lines = log === undefined ? [] : logTail(log, LOG_LINES, secrets);
  const reason = job.failureReason === undefined ? "" : ` (${job.failureReason.replaceAll("_", " ")})`;
  return {
    severity: "error",
    file: job.webUrl,
    path: job.name,
    ...(lines.length > 0 && { value: lines.join("\n           ") }),
    message: `the job failed${reason}`,
    fix: "mend what its log says, and push; or retry the job in GitLab, and run the same command again: it goes on from here",
  } as const;
}
