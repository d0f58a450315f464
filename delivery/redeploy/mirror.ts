import { UserError } from "../../model/problem";
import { backoff } from "../clock";
import type { GitLabApi, GitLabProject } from "../gitlab/gitlab-api";
import { watchPipeline } from "../gitlab/watch-pipeline";
import { gitlabOf, noting, shortSha, type Delivery } from "./context";
import type { PlannedRepository, StepName } from "./plan";

/** A pipeline that a delivery has started. */
export interface StartedPipeline {
  readonly id: number;
  readonly url: string;
}

export interface MirrorStep {
  readonly step: StepName;
  readonly repository: PlannedRepository;
  /** The commit that is to arrive. */
  readonly commit: string;
  /** The pipeline that an earlier run has started. */
  readonly started: StartedPipeline | undefined;
  remember(pipeline: StartedPipeline): void;
}

/** GitLab's branches are there a moment after the push. */
const ARRIVAL_MS = 30_000;

/**
 * Has the platform's mirror bring a commit, unless it is there already.
 *
 * @returns what is to be told
 * @throws UserError when the mirror fails, or has not brought the commit
 */
export async function mirrorCommit(delivery: Delivery, mirror: MirrorStep): Promise<string> {
  const gitlab = gitlabOf(delivery);
  const { plan, secrets, signal, clock, limits, progress } = delivery;
  const { repository, commit, step } = mirror;
  const project = await gitlab.project(repository.path ?? "");
  const place = `${repository.branch} of ${project.path}`;
  if (await gitlab.isOnBranch(project, commit, repository.branch)) return `${shortSha(commit)} is on ${place} already`;
  const mirrorProject = await gitlab.project(`${plan.gitlab?.group ?? ""}/mirror`);
  const tell = noting(progress, step);
  const id = await pipelineOf(delivery, mirror, mirrorProject);
  await watchPipeline(gitlab, mirrorProject, id, {
    clock,
    signal,
    timeoutMs: limits.mirrorMs,
    secrets: secrets.texts,
    tell,
  });
  await untilThere(delivery, gitlab, project, mirror);
  return `${shortSha(commit)} is on ${place}`;
}

/** The pipeline of the earlier run, unless it ended without success; else a new one. */
async function pipelineOf(delivery: Delivery, mirror: MirrorStep, project: GitLabProject): Promise<number> {
  const gitlab = gitlabOf(delivery);
  const tell = noting(delivery.progress, mirror.step);
  const { started, repository, remember } = mirror;
  if (started !== undefined) {
    const { status } = await gitlab.pipeline(project, started.id);
    if (!["success", "failed", "canceled", "skipped"].includes(status)) {
      tell(`pipeline ${String(started.id)} of the earlier run goes on: ${started.url}`);
      return started.id;
    }
  }
  const token = delivery.secrets.get("MIRROR_TRIGGER_TOKEN");
  if (token === undefined) throw new Error("the trigger token is not there");
  const pipeline = await gitlab.trigger(project, {
    token: token.text,
    ref: "main",
    variables: { PROJECT_NAME: repository.name, GIT_BRANCH_DEPLOY: repository.branch },
  });
  remember({ id: pipeline.id, url: pipeline.webUrl });
  tell(`pipeline ${String(pipeline.id)} is started: ${pipeline.webUrl}`);
  return pipeline.id;
}

async function untilThere(
  { clock, signal }: Delivery,
  gitlab: GitLabApi,
  project: GitLabProject,
  { repository, commit }: MirrorStep,
): Promise<void> {
  const deadline = clock.now() + ARRIVAL_MS;
  const waits = backoff(500, 5_000);
  while (!(await gitlab.isOnBranch(project, commit, repository.branch))) {
    const wait = waits.next().value;
    if (clock.now() + wait > deadline) {
      const head = await gitlab.branchHead(project, repository.branch);
      throw new UserError([
        {
          severity: "error",
          file: project.webUrl,
          path: repository.branch,
          value: head === undefined ? "no such branch" : `${shortSha(head)} at the branch's head`,
          message: `the mirror has run, but it has not brought the commit ${shortSha(commit)}`,
          fix: `see that it is pushed to ${repository.branch} of ${repository.url}, and that the mirror reads from there`,
        },
      ]);
    }
    await clock.sleep(wait, signal);
  }
}
