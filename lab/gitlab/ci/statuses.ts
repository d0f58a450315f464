import { isDone, type Job, type Status } from "./records";

/** What counts of a job for what comes after it. */
export type Counted = Pick<Job, "status" | "allow_failure" | "exit_code">;

/** Whether a job may fail as it did without its pipeline failing. */
export function mayFail({ allow_failure, exit_code }: Counted): boolean {
  return typeof allow_failure === "boolean" ? allow_failure : exit_code !== null && allow_failure.includes(exit_code);
}

/**
 * The one state of several jobs, by the rules of GitLab's composite status: lib/gitlab/ci/status/composite.rb. No jobs
 * are a success.
 */
export function compositeStatus(jobs: readonly Counted[]): Status {
  const found = new Set(jobs.map(countedAs));
  const only = (...statuses: (Status | "passed" | "ignored")[]): boolean => {
    return [...found].every((status) => statuses.includes(status));
  };
  if (found.size === 0) return "success";
  if (only("skipped", "ignored")) return "skipped";
  if (only("success", "skipped", "passed", "ignored")) return "success";
  if (only("created", "passed", "ignored")) return "created";
  if (only("canceled", "success", "skipped", "passed", "ignored")) return "canceled";
  if (only("pending", "created", "skipped", "passed", "ignored")) return "pending";
  if (found.has("running") || found.has("pending")) return "running";
  for (const status of ["waiting_for_resource", "manual"] as const) if (found.has(status)) return status;
  return found.has("created") ? "running" : "failed";
}

/** `passed` is a failure that is let pass, `ignored` a manual job that nobody has to play. */
function countedAs(job: Counted): Status | "passed" | "ignored" {
  if (mayFail(job) && (job.status === "failed" || job.status === "canceled")) return "passed";
  return job.allow_failure === true && job.status === "manual" ? "ignored" : job.status;
}

/**
 * What becomes of a job that waits, by those before it: absent while it goes on waiting.
 * @param before what it needs, or all jobs of earlier stages
 */
export function nextStatus(
  job: Pick<Job, "when"> & { readonly needs: boolean },
  before: readonly Counted[],
): "pending" | "manual" | "skipped" | undefined {
  const status = compositeStatus(before);
  const isOver = isDone(status) && before.every((one) => isDone(one.status) || countedAs(one) === "ignored");
  if (!isOver) return undefined;
  // A skipped stage holds nothing up; a skipped need does.
  const wentWell = status === "success" || (status === "skipped" && !job.needs);
  switch (job.when) {
    case "always":
      return "pending";
    case "on_failure":
      return status === "failed" ? "pending" : "skipped";
    case "on_success":
      return wentWell ? "pending" : "skipped";
    case "manual":
      return wentWell ? "manual" : "skipped";
  }
}
