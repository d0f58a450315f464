import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { timestamp, type GitLabContext } from "../context";
import { webUrlOf } from "../bodies/commit";
import { openRepository } from "../git/open-repository";
import { noCommit } from "../../git/webhooks/push-event";
import { projectRepository } from "../repository";
import type { User } from "../store/people";
import type { Project } from "../store/places";
import { declaredVariables } from "./declared";
import { ensureEnvironment } from "./deployments";
import { literal } from "./expand";
import { configPathOf, factsOf, findRef, type FoundRef, readConfig } from "./facts";
import type { GitLabCiLocal } from "./gitlab-ci-local";
import { mergeRequestFacts, openMergeRequestsOf } from "./merge-requests";
import { type Plan, planPipeline, type PlannedJob } from "./plan";
import { type PipelineFacts, pipelineVariables } from "./predefined";
import { advance, refreshPipeline } from "./progress";
import type { GivenVariable, Pipeline, Source, Status } from "./records";
import { jobVariables } from "./variables";
import { checkOut, makeWorkspace, removeWorkspace } from "./workspace";

export interface NewPipeline {
  readonly project: Project;
  readonly user: User;
  /** Short or full name of a branch or tag. */
  readonly ref: string;
  readonly source: Source;
  readonly variables?: readonly GivenVariable[];
  /** The commit that was pushed, should the ref have moved on since. @default that of the ref */
  readonly sha?: string;
  /** The commit from before a push; 40 zeros for none. */
  readonly before?: string;
  readonly schedule?: { readonly id: number; readonly description: string };
  readonly mergeRequestId?: number;
  /** Of a push: `ci.skip`. */
  readonly pushOptions?: readonly string[];
  /** Whether a CI file that is refused makes a failed pipeline; otherwise it makes none. */
  readonly keepsErrors: boolean;
}

export type Creation =
  | { readonly kind: "created"; readonly pipeline: Pipeline }
  /** In GitLab's words. */
  | { readonly kind: "refused"; readonly reason: string };

const refused = (reason: string): Creation => ({ kind: "refused", reason });

/** Makes a pipeline with its jobs; those that wait for nothing are pending. */
export async function createPipeline(
  context: GitLabContext,
  tool: () => Promise<GitLabCiLocal>,
  runs: string,
  input: NewPipeline,
): Promise<Creation> {
  const { project } = input;
  const found = await findRef(context, project, input.ref);
  if (found === undefined) return refused("Reference not found");
  const ref = { ...found, sha: input.sha ?? found.sha };
  const repository = openRepository(context, project);
  const text = await readConfig(repository, ref.sha, configPathOf(project));
  if (text === undefined) return refused("Missing CI config file");
  const facts = await factsOf(context, {
    project,
    user: input.user,
    ref: input.mergeRequestId === undefined ? ref : { ...ref, isProtected: false },
    source: input.source,
    before_sha: input.before ?? noCommit,
    created_at: timestamp(context),
    schedule: input.schedule?.description ?? null,
    mergeRequest: await mergeRequestFacts(context, input.mergeRequestId ?? null),
    openMergeRequests: openMergeRequestsOf(context, project, ref.name),
  });
  const skips = /\[(ci skip|skip ci)\]/i.test(facts.commit.message) || input.pushOptions?.includes("ci.skip") === true;
  const isAutomatic = input.source === "push" || input.source === "merge_request_event";
  if (skips && isAutomatic) return created(insert(context, input, ref, facts, { status: "skipped" }));
  const plan = await planOf(context, await tool(), runs, input, facts, text);
  switch (plan.kind) {
    case "filtered":
      return refused(plan.reason);
    case "invalid": {
      const yaml_errors = plan.errors.join("\n");
      if (!input.keepsErrors) return refused(yaml_errors);
      return created(insert(context, input, ref, facts, { status: "failed", yaml_errors }));
    }
    case "jobs": {
      const pipeline = insert(context, input, ref, facts, { status: "created", stages: plan.stages });
      insertJobs(context, pipeline, plan.jobs, plan.stages);
      context.events.emit("pipeline", { pipeline_id: pipeline.id });
      advance(context, pipeline.id);
      refreshPipeline(context, pipeline.id);
      return created(context.store.pipelines.need(pipeline.id));
    }
  }
}

function created(pipeline: Pipeline): Creation {
  return { kind: "created", pipeline };
}

async function planOf(
  context: GitLabContext,
  tool: GitLabCiLocal,
  runs: string,
  input: Pick<NewPipeline, "project" | "source" | "variables">,
  facts: PipelineFacts,
  text: string,
): Promise<Plan> {
  const { project, source } = input;
  const workspace = makeWorkspace(runs, `plan-${String(process.hrtime.bigint())}`);
  try {
    const { git } = context;
    const [repository, origin] = [projectRepository(context, project), `${webUrlOf(context, project)}.git`];
    const base = baseOf(facts);
    const looksAtFiles = /\b(include|exists|changes)\b/.test(text);
    const compared = base === undefined ? {} : { base };
    const sha = facts.commit.id;
    if (looksAtFiles) await checkOut(workspace, { git, repository, sha, origin, depth: 0, ...compared });
    else
      await promisify(execFile)(git, ["init", "--quiet"], { cwd: workspace.checkout, env: { HOME: workspace.home } });
    const given = jobVariables({
      predefined: {},
      yaml: {},
      dotenv: {},
      declared: declaredVariables(context, project),
      given: input.variables ?? [],
      isProtected: facts.ref.isProtected,
      fileOf: (name) => `${workspace.files}/${name}`,
    });
    const predefined = Object.entries(pipelineVariables(facts)).map(([name, value]) => [name, literal(value)]);
    return await planPipeline({
      tool,
      workspace,
      text,
      kind: { ref: facts.ref.name, tag: facts.ref.tag, source },
      comparesChanges: base !== undefined,
      variables: { predefined: Object.fromEntries(predefined) as Record<string, string>, given: given.values },
    });
  } finally {
    removeWorkspace(workspace);
  }
}

/** What `rules:changes` compares with: absent where GitLab takes every file for changed. */
function baseOf({ mergeRequest, source, before_sha }: PipelineFacts): string | undefined {
  if (mergeRequest !== null) return mergeRequest.base_sha;
  return source === "push" && before_sha !== noCommit ? before_sha : undefined;
}

/** What a CI file of any text would come to for a branch or tag: CI lint. */
export async function dryRun(
  context: GitLabContext,
  tool: GitLabCiLocal,
  runs: string,
  input: { readonly project: Project; readonly user: User; readonly ref: FoundRef; readonly text: string },
): Promise<Plan> {
  const facts = await factsOf(context, {
    ...input,
    source: "push",
    before_sha: noCommit,
    created_at: timestamp(context),
    schedule: null,
    mergeRequest: null,
    openMergeRequests: [],
  });
  return planOf(context, tool, runs, { project: input.project, source: "push" }, facts, input.text);
}

function insert(
  context: GitLabContext,
  input: NewPipeline,
  ref: FoundRef,
  facts: PipelineFacts,
  fields: { readonly status: Status; readonly yaml_errors?: string; readonly stages?: readonly string[] },
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

function insertJobs(
  context: GitLabContext,
  pipeline: Pipeline,
  jobs: readonly PlannedJob[],
  stages: readonly string[],
): void {
  const inOrder = [...jobs].sort((a, b) => stages.indexOf(a.stage) - stages.indexOf(b.stage));
  for (const job of inOrder) {
    if (job.environment !== null) ensureEnvironment(context, pipeline.project_id, job.environment.name);
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
