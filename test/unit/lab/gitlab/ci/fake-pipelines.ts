import { Double } from "../support/double";
import type { GitLabContext } from "../../../../../lab/gitlab/context";
import type { Job, JobDefinition, Pipeline } from "../../../../../lab/gitlab/ci/records";

const definition: JobDefinition = {
  before_script: [],
  script: ["true"],
  after_script: [],
  variables: {},
  image: null,
  needs: null,
  dependencies: null,
  artifacts: null,
  caches: [],
  resource_group: null,
  interruptible: false,
  retry: 0,
  tags: [],
};

/** Pipelines as records of a double, of which nothing is run. */
export class FakePipelines {
  private constructor(
    readonly double: Double,
    readonly projectId: number,
  ) {}

  static async start(): Promise<FakePipelines> {
    const double = await Double.start();
    const { id } = await double.make<{ id: number }>("POST", "/projects", { name: "shop", path: "shop" });
    return new FakePipelines(double, id);
  }

  get context(): GitLabContext {
    return this.double.gitlab.context;
  }

  pipeline(fields: Partial<Pipeline> = {}): Pipeline {
    return this.context.store.pipelines.insert({
      iid: 1,
      project_id: this.projectId,
      user_id: 1,
      sha: "a".repeat(40),
      before_sha: "0".repeat(40),
      ref: "main",
      tag: false,
      source: "push",
      // As it is while it is made: nothing of it is run before that.
      status: "created",
      yaml_errors: null,
      name: null,
      stages: ["one", "two", "three"],
      merge_request_id: null,
      schedule_id: null,
      variables: [],
      created_at: "2026-01-01T00:00:00.000Z",
      updated_at: "2026-01-01T00:00:00.000Z",
      started_at: null,
      finished_at: null,
      ...fields,
    });
  }

  job(pipeline: Pipeline, name: string, fields: Partial<Job> = {}, does: Partial<JobDefinition> = {}): Job {
    return this.context.store.jobs.insert({
      pipeline_id: pipeline.id,
      project_id: this.projectId,
      user_id: 1,
      name,
      stage: "one",
      status: "created",
      when: "on_success",
      allow_failure: false,
      retried: false,
      attempt: 0,
      environment: null,
      variables: [],
      failure_reason: null,
      exit_code: null,
      has_artifacts: false,
      dotenv: {},
      created_at: "2026-01-01T00:00:00.000Z",
      queued_at: null,
      started_at: null,
      finished_at: null,
      erased_at: null,
      ...fields,
      definition: { ...definition, ...does },
    });
  }

  /** The states of all jobs of a pipeline by name, those that were run again left out. */
  states(pipeline: Pipeline): Record<string, string> {
    const jobs = this.context.store.jobs.where(({ pipeline_id, retried }) => pipeline_id === pipeline.id && !retried);
    return Object.fromEntries(jobs.map(({ name, status }) => [name, status]));
  }
}
