import { commitBody, webUrlOf } from "../bodies/commit";
import { basicUserBody } from "../bodies/user";
import { isDone, type Job, type Pipeline } from "../ci/records";
import { mayFail } from "../ci/statuses";
import type { GitLabContext } from "../context";
import { readCommits } from "../git/commit-log";
import { openRepository } from "../git/open-repository";

type Body = Record<string, unknown>;

/** A pipeline as it is told in lists and of jobs. */
export function pipelineBody(context: GitLabContext, pipeline: Pipeline): Body {
  const { id, iid, project_id, sha, ref, status, source, created_at, updated_at, name } = pipeline;
  const web_url = `${webUrlOf(context, context.store.projects.need(project_id))}/-/pipelines/${String(id)}`;
  return { id, iid, project_id, sha, ref, status, source, created_at, updated_at, web_url, name };
}

/** A pipeline as it is told by itself. */
export function fullPipelineBody(context: GitLabContext, pipeline: Pipeline): Body {
  const { before_sha, tag, yaml_errors, started_at, finished_at, created_at, status, user_id } = pipeline;
  const body = pipelineBody(context, pipeline);
  const label = status === "success" ? "passed" : status;
  return {
    ...body,
    before_sha,
    tag,
    yaml_errors,
    user: userBody(context, user_id),
    started_at,
    finished_at,
    committed_at: null,
    duration: secondsBetween(started_at, finished_at),
    queued_duration: secondsBetween(created_at, started_at),
    coverage: null,
    archived: false,
    detailed_status: {
      icon: `status_${status}`,
      text: label,
      label,
      group: status,
      tooltip: label,
      has_details: true,
      details_path: new URL(String(body["web_url"])).pathname,
      illustration: null,
      favicon: null,
    },
  };
}

/** A job as it is told everywhere. */
export async function jobBody(context: GitLabContext, job: Job): Promise<Body> {
  const { store } = context;
  const project = store.projects.need(job.project_id);
  const pipeline = store.pipelines.need(job.pipeline_id);
  const [commit] = await readCommits(openRepository(context, project), ["--max-count=1", pipeline.sha]).catch(() => []);
  const { id, status, stage, name, created_at, started_at, finished_at, erased_at, failure_reason } = job;
  const user = store.users.get(job.user_id);
  return {
    id,
    status,
    stage,
    name,
    ref: pipeline.ref,
    tag: pipeline.tag,
    coverage: null,
    allow_failure: job.allow_failure === true || (status === "failed" && mayFail(job)),
    created_at,
    started_at,
    finished_at,
    erased_at,
    duration: secondsBetween(started_at, finished_at),
    queued_duration: secondsBetween(job.queued_at, started_at),
    user: user === undefined ? null : { ...basicUserBody(context, user), created_at: user.created_at },
    commit: commit === undefined ? null : commitBody(context, project, commit),
    pipeline: pipelineBody(context, pipeline),
    ...(status === "failed" && failure_reason !== null && { failure_reason }),
    web_url: `${webUrlOf(context, project)}/-/jobs/${String(id)}`,
    project: { ci_job_token_scope_enabled: false },
    artifacts: artifactFiles(job),
    runner:
      started_at === null ? null : { id: 1, description: "gitlab-ci-local", active: true, name: "gitlab-ci-local" },
    runner_manager: null,
    artifacts_expire_at: null,
    archived: false,
    tag_list: job.definition.tags,
    ...(job.has_artifacts && { artifacts_file: { filename: "artifacts.zip", size: 0 } }),
  };
}

function artifactFiles(job: Job): Body[] {
  const trace = { file_type: "trace", size: 0, filename: "job.log", file_format: null };
  const archive = { file_type: "archive", size: 0, filename: "artifacts.zip", file_format: "zip" };
  const hasTrace = isDone(job.status) && job.started_at !== null && job.erased_at === null;
  return [...(job.has_artifacts ? [archive] : []), ...(hasTrace ? [trace] : [])];
}

function userBody(context: GitLabContext, id: number): Body | null {
  const user = context.store.users.get(id);
  return user === undefined ? null : basicUserBody(context, user);
}

/** Seconds from one time to another, in thousandths; null while one of them is open. */
function secondsBetween(from: string | null, to: string | null): number | null {
  return from === null || to === null ? null : (Date.parse(to) - Date.parse(from)) / 1000;
}
