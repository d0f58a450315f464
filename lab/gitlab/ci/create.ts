import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { levelInProject } from "../auth/access";
import { level } from "../auth/levels";
import { timestamp, type GitLabContext } from "../context";
import { webUrlOf } from "../bodies/commit";
import { openRepository } from "../git/open-repository";
import { noCommit } from "../../git/webhooks/push-event";
import { mayCreateTag, mayMerge } from "../git/protection";
import { projectRepository } from "../repository";
import type { User } from "../store/people";
import type { Project } from "../store/places";
import { declaredVariables } from "./declared";
import { literal } from "./expand";
import { insertJobs, insertPipeline } from "./insert";
import { configPathOf, factsOf, findRef, type FoundRef, readConfig } from "./facts";
import type { GitLabCiLocal } from "./gitlab-ci-local";
import { mergeRequestFacts, openMergeRequestsOf } from "./merge-requests";
import { type Plan, planPipeline } from "./plan";
import { type PipelineFacts, pipelineVariables } from "./predefined";
import { advance, refreshPipeline } from "./progress";
import type { GivenVariable, Pipeline, Source } from "./records";
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

/** What reading a CI file takes. */
export interface PlanMeans {
  readonly tool: () => Promise<GitLabCiLocal>;
  /** The folder of workspaces. */
  readonly runs: string;
  /** Aborted when the double is closed. */
  readonly signal: AbortSignal;
}

const refused = (reason: string): Creation => ({ kind: "refused", reason });

/** Makes a pipeline with its jobs; those that wait for nothing are pending. */
export async function createPipeline(context: GitLabContext, means: PlanMeans, input: NewPipeline): Promise<Creation> {
  const { project } = input;
  const found = await findRef(context, project, input.ref);
  if (found === undefined) return refused("Reference not found");
  const ref = { ...found, sha: input.sha ?? found.sha };
  const forbidden = permissionFault(context, input, ref);
  if (forbidden !== undefined) return refused(forbidden);
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
  if (skips && isAutomatic) return created(insertPipeline(context, input, ref, facts, { status: "skipped" }));
  const plan = await planOf(context, means, input, facts, text);
  switch (plan.kind) {
    case "filtered":
      return refused(plan.reason);
    case "invalid": {
      const yaml_errors = plan.errors.join("\n");
      if (!input.keepsErrors) return refused(yaml_errors);
      return created(insertPipeline(context, input, ref, facts, { status: "failed", yaml_errors }));
    }
    case "jobs": {
      const pipeline = insertPipeline(context, input, ref, facts, {
        status: "created",
        stages: plan.stages,
        name: plan.name,
      });
      insertJobs(context, pipeline, plan.jobs, plan.stages);
      context.events.emit("pipeline", { pipeline_id: pipeline.id });
      advance(context, pipeline.id);
      refreshPipeline(context, pipeline.id);
      return created(context.store.pipelines.need(pipeline.id));
    }
  }
}

/** Whoever starts a pipeline has to be able to change the branch or tag that it runs for. */
function permissionFault(context: GitLabContext, { project, user }: NewPipeline, ref: FoundRef): string | undefined {
  const role = levelInProject(context, project, user);
  if (role < level.developer) return "Insufficient permissions to create a new pipeline";
  const may = ref.tag ? mayCreateTag : mayMerge;
  if (!ref.isProtected || may(context, project, user, role, ref.name)) return undefined;
  return `You do not have sufficient permission to run a pipeline on '${ref.name}'. Please select a different branch or contact your administrator for assistance.`;
}

function created(pipeline: Pipeline): Creation {
  return { kind: "created", pipeline };
}

async function planOf(
  context: GitLabContext,
  { tool, runs, signal }: PlanMeans,
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
      tool: await tool(),
      workspace,
      signal,
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
  means: PlanMeans,
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
  return planOf(context, means, { project: input.project, source: "push" }, facts, input.text);
}
