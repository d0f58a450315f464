import { appendFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../auth/paths";
import { issueToken } from "../auth/issue-token";
import { timestamp, type GitLabContext } from "../context";
import { webUrlOf } from "../bodies/commit";
import { projectRepository } from "../repository";
import { declaredVariables, isProtectedRef } from "./declared";
import { noteDeployment } from "./deployments";
import { factsOf } from "./facts";
import type { GitLabCiLocal } from "./gitlab-ci-local";
import { type JobOutcome, runJob } from "./job-run";
import { openMergeRequestsOf, mergeRequestFacts } from "./merge-requests";
import { jobVariablesOf, pipelineIds, pipelineVariables } from "./predefined";
import { changeJob, latestJobs, suppliers } from "./progress";
import type { Job, Pipeline } from "./records";
import { type JobVariables, jobVariables } from "./variables";
import { makeWorkspace, removeWorkspace, type Workspace } from "./workspace";

/** Where the double keeps what belongs to its jobs. */
export interface CiFolders {
  /** A workspace for each job that runs. */
  readonly runs: string;
  readonly traces: string;
  readonly artifacts: string;
  /** By project and key. */
  readonly caches: string;
}

export function ciFolders(folder: string): CiFolders {
  const root = join(folder, "ci");
  return {
    runs: join(root, "runs"),
    traces: join(root, "traces"),
    artifacts: join(root, "artifacts"),
    caches: join(root, "caches"),
  };
}

/** The log of a job; empty before it has one. */
export function readTrace({ traces }: CiFolders, jobId: number): string {
  try {
    return readFileSync(traceFile(traces, jobId), "utf8");
  } catch {
    return "";
  }
}

export function addToTrace({ traces }: CiFolders, jobId: number, line: string): void {
  mkdirSync(traces, { recursive: true, mode: 0o700 });
  appendFileSync(traceFile(traces, jobId), `${line}\n`, { mode: 0o600 });
}

/** Removes the log and the artifacts of a job. */
export function eraseFiles(folders: CiFolders, jobId: number): void {
  rmSync(traceFile(folders.traces, jobId), { force: true });
  rmSync(artifactsOf(folders, jobId), { recursive: true, force: true });
}

export function artifactsOf({ artifacts }: CiFolders, jobId: number): string {
  return join(artifacts, String(jobId));
}

function traceFile(traces: string, jobId: number): string {
  return join(traces, `${String(jobId)}.log`);
}

/** Runs one job to its end, with a token of its own that ends with it. */
export async function work(
  context: GitLabContext,
  folders: CiFolders,
  tool: GitLabCiLocal,
  id: number,
  signal: AbortSignal,
): Promise<JobOutcome> {
  const { store } = context;
  const job = changeJob(context, id, { status: "running", started_at: timestamp(context) });
  const pipeline = store.pipelines.need(job.pipeline_id);
  const project = store.projects.need(job.project_id);
  const token = issueToken(context, {
    kind: "job",
    user_id: job.user_id,
    name: `job ${String(id)}`,
    scopes: ["ci_job", "read_repository"],
    project_id: project.id,
    job_id: id,
  });
  const workspace = makeWorkspace(folders.runs, String(id));
  try {
    const jobs = latestJobs(context, pipeline.id);
    const before = suppliers(pipeline, jobs, job);
    return await runJob({
      tool,
      git: context.git,
      workspace,
      repository: projectRepository(context, project),
      origin: `${webUrlOf(context, project)}.git`,
      job,
      sha: pipeline.sha,
      ref: pipeline.ref,
      variables: await variablesOf(context, pipeline, job, before, workspace, token.text),
      deliveries: before
        .filter(({ has_artifacts }) => has_artifacts)
        .map((one) => ({ from: `${one.name} (${String(one.id)})`, folder: artifactsOf(folders, one.id) })),
      artifacts: artifactsOf(folders, id),
      caches: join(folders.caches, String(project.id)),
      signal,
      log: (line) => {
        addToTrace(folders, id, line);
      },
    });
  } finally {
    removeWorkspace(workspace);
    store.accessTokens.update(token.record.id, { revoked: true });
  }
}

async function variablesOf(
  context: GitLabContext,
  pipeline: Pipeline,
  job: Job,
  before: readonly Job[],
  workspace: Workspace,
  token: string,
): Promise<JobVariables> {
  const { store, url } = context;
  const project = store.projects.need(job.project_id);
  const path = projectPath(store, project);
  const { ref, tag, sha } = pipeline;
  const mergeRequest = await mergeRequestFacts(context, pipeline.merge_request_id);
  const isProtected = mergeRequest === null && isProtectedRef(context, project, ref, tag);
  const facts = await factsOf(context, {
    project,
    user: store.users.need(job.user_id),
    ref: { name: ref, tag, sha, isProtected },
    source: pipeline.source,
    before_sha: pipeline.before_sha,
    created_at: pipeline.created_at,
    schedule: pipeline.schedule_id === null ? null : (store.schedules.get(pipeline.schedule_id)?.description ?? null),
    mergeRequest,
    openMergeRequests: openMergeRequestsOf(context, project, mergeRequest?.source_branch ?? ref),
  });
  const started_at = job.started_at ?? "";
  const predefined = {
    ...pipelineVariables(facts),
    ...pipelineIds(url, path, pipeline),
    ...jobVariablesOf({ url, path, job, token, checkout: workspace.checkout, started_at }),
  };
  const variables = jobVariables({
    predefined,
    yaml: job.definition.variables,
    dotenv: Object.assign({}, ...before.map(({ dotenv }) => dotenv)) as Record<string, string>,
    declared: declaredVariables(context, project),
    given: [...pipeline.variables, ...job.variables],
    isProtected,
    environment: job.environment?.name,
    fileOf: (name) => join(workspace.files, name),
  });
  return { ...variables, masked: [...variables.masked, token] };
}

/** What is left to do once a job has run. */
export function noteOutcome(context: GitLabContext, id: number, outcome: JobOutcome): void {
  const job = context.store.jobs.get(id);
  // Canceled while it ran, or gone with its project.
  if (job?.status !== "running") return;
  if (outcome.status === "success") noteDeployment(context, job);
  changeJob(context, id, outcome);
}
