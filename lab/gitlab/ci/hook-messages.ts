import { groupName } from "../auth/paths";
import { projectUrls } from "../bodies/project";
import type { GitLabContext } from "../context";
import { readCommits } from "../git/commit-log";
import { openRepository } from "../git/open-repository";
import type { HookMessage } from "../rules/hook-delivery";
import type { Project } from "../store/places";
import { latestJobs } from "./progress";
import type { Job, Pipeline } from "./records";

type Body = Record<string, unknown>;

/** What hooks are told of a pipeline: https://docs.gitlab.com/user/project/integrations/webhook_events/#pipeline-events */
export async function pipelineMessage(context: GitLabContext, pipeline: Pipeline): Promise<HookMessage> {
  const project = context.store.projects.need(pipeline.project_id);
  const { id, iid, name, ref, tag, sha, before_sha, source, status, stages } = pipeline;
  const jobs = latestJobs(context, id);
  const used = stages.filter((stage) => jobs.some((job) => job.stage === stage));
  const body = {
    object_kind: "pipeline",
    object_attributes: {
      ...{ id, iid, name, ref, tag, sha, before_sha, source, status },
      detailed_status: status === "success" ? "passed" : status,
      stages: used,
      created_at: time(pipeline.created_at),
      finished_at: time(pipeline.finished_at),
      duration: seconds(pipeline.started_at, pipeline.finished_at),
      queued_duration: seconds(pipeline.created_at, pipeline.started_at),
      variables: pipeline.variables.map(({ key, value }) => ({ key, value })),
      url: `${projectUrls(context, project).web}/-/pipelines/${String(id)}`,
    },
    merge_request: null,
    user: userOf(context, pipeline.user_id),
    project: projectOf(context, project),
    commit: await commitOf(context, project, sha),
    builds: jobs.map((job) => buildOf(context, job)),
  };
  return { event: "pipeline_events", header: "Pipeline Hook", body };
}

/** What hooks are told of a job. */
export async function jobMessage(context: GitLabContext, job: Job): Promise<HookMessage> {
  const { store } = context;
  const project = store.projects.need(job.project_id);
  const pipeline = store.pipelines.need(job.pipeline_id);
  const { ref, tag, sha, before_sha } = pipeline;
  const body = {
    object_kind: "build",
    ...{ ref, tag, before_sha, sha },
    build_id: job.id,
    build_name: job.name,
    build_stage: job.stage,
    build_status: job.status,
    build_created_at: time(job.created_at),
    build_started_at: time(job.started_at),
    build_finished_at: time(job.finished_at),
    build_duration: seconds(job.started_at, job.finished_at),
    build_queued_duration: seconds(job.queued_at, job.started_at),
    build_allow_failure: job.allow_failure === true,
    build_failure_reason: job.failure_reason ?? "unknown_failure",
    retries_count: job.attempt,
    pipeline_id: pipeline.id,
    project_id: project.id,
    project_name: projectOf(context, project)["name"],
    user: userOf(context, job.user_id),
    commit: await commitOf(context, project, sha),
    project: projectOf(context, project),
    runner: null,
    environment: environmentOf(job),
  };
  return { event: "job_events", header: "Job Hook", body };
}

function buildOf(context: GitLabContext, job: Job): Body {
  const { id, stage, name, status, when, failure_reason } = job;
  return {
    ...{ id, stage, name, status, when, failure_reason },
    created_at: time(job.created_at),
    started_at: time(job.started_at),
    finished_at: time(job.finished_at),
    duration: seconds(job.started_at, job.finished_at),
    queued_duration: seconds(job.queued_at, job.started_at),
    manual: when === "manual",
    allow_failure: job.allow_failure === true,
    user: userOf(context, job.user_id),
    runner: null,
    artifacts_file: { filename: job.has_artifacts ? "artifacts.zip" : null, size: null },
    environment: environmentOf(job),
  };
}

function environmentOf({ environment }: Job): Body | null {
  return environment === null ? null : { name: environment.name, action: environment.action };
}

function userOf({ store }: GitLabContext, id: number): Body | null {
  const user = store.users.get(id);
  if (user === undefined) return null;
  return { id, name: user.name, username: user.username, avatar_url: null, email: "[REDACTED]" };
}

function projectOf(context: GitLabContext, project: Project): Body {
  const { web, http, ssh, path } = projectUrls(context, project);
  const group = context.store.groups.get(project.namespace_id);
  return {
    id: project.id,
    name: project.name,
    description: project.description,
    web_url: web,
    avatar_url: null,
    git_ssh_url: ssh,
    git_http_url: http,
    namespace: group === undefined ? "" : groupName(context.store, group),
    path_with_namespace: path,
    default_branch: project.default_branch,
    ci_config_path: project.ci_config_path,
  };
}

async function commitOf(context: GitLabContext, project: Project, sha: string): Promise<Body | null> {
  const [commit] = await readCommits(openRepository(context, project), ["--max-count=1", sha]).catch(() => []);
  if (commit === undefined) return null;
  const { id, message, title, committed_date, author_name, author_email } = commit;
  const url = `${projectUrls(context, project).web}/-/commit/${id}`;
  return { id, message, title, timestamp: committed_date, url, author: { name: author_name, email: author_email } };
}

/** As these hooks write times: `2026-01-02 03:04:05 UTC`. */
function time(iso: string | null): string | null {
  return iso === null ? null : `${iso.slice(0, 19).replace("T", " ")} UTC`;
}

function seconds(from: string | null, to: string | null): number | null {
  return from === null || to === null ? null : (Date.parse(to) - Date.parse(from)) / 1000;
}
