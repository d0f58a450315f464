import { timestamp, type GitLabContext } from "../context";
import type { NewPipeline } from "./create";
import { ensureEnvironment } from "./deployments";
import type { FoundRef } from "./facts";
import type { PlannedJob } from "./plan";
import type { PipelineFacts } from "./predefined";
import type { Pipeline } from "./records";

/** Keeps a new pipeline, with the next number of its project. */
export function insertPipeline(
  context: GitLabContext,
  input: NewPipeline,
  ref: FoundRef,
  facts: PipelineFacts,
  fields: Pick<Pipeline, "status"> & Partial<Pick<Pipeline, "yaml_errors" | "stages" | "name">>,
): Pipeline {
  const { store } = context;
  const { mergeRequest, created_at, before_sha } = facts;
  const earlier = store.pipelines.where(({ project_id }) => project_id === input.project.id);
  return store.pipelines.insert({
    iid: Math.max(0, ...earlier.map(({ iid }) => iid)) + 1,
    project_id: input.project.id,
    user_id: input.user.id,
    sha: ref.sha,
    before_sha,
    ref: mergeRequest === null ? ref.name : `refs/merge-requests/${String(mergeRequest.iid)}/head`,
    tag: ref.tag,
    source: input.source,
    name: null,
    merge_request_id: mergeRequest?.id ?? null,
    schedule_id: input.schedule?.id ?? null,
    variables: input.variables ?? [],
    created_at,
    updated_at: created_at,
    started_at: null,
    finished_at: fields.status === "created" ? null : created_at,
    stages: [],
    yaml_errors: null,
    ...fields,
  });
}

/** Keeps the jobs of a new pipeline, by stages, and the environments that they name. */
export function insertJobs(
  context: GitLabContext,
  pipeline: Pipeline,
  jobs: readonly PlannedJob[],
  stages: readonly string[],
): void {
  const inOrder = [...jobs].sort((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage));
  for (const job of inOrder) {
    if (job.environment !== null) {
      ensureEnvironment(context, pipeline.project_id, job.environment.name, job.environment.tier);
    }
    context.store.jobs.insert({
      ...job,
      pipeline_id: pipeline.id,
      project_id: pipeline.project_id,
      user_id: pipeline.user_id,
      status: "created",
      retried: false,
      attempt: 0,
      variables: [],
      failure_reason: null,
      exit_code: null,
      has_artifacts: false,
      dotenv: {},
      created_at: timestamp(context),
      queued_at: null,
      started_at: null,
      finished_at: null,
      erased_at: null,
    });
  }
}
