import { UserError } from "../../model/problem";
import { backoff } from "../clock";
import type { GitLabApi, GitLabProject, Pipeline } from "../gitlab/gitlab-api";
import { watchPipeline } from "../gitlab/watch-pipeline";
import { gitlabOf, noting, shortSha, type Delivery } from "./context";

/** GitLab makes the pipeline of a push within seconds, in the background. */
const APPEARANCE_MS = 120_000;

/**
 * Waits for the platform's pipeline that builds the commit's image; one that has succeeded already will do.
 *
 * @returns what is to be told
 * @throws UserError when there is none, or it fails
 */
export async function awaitBuild(delivery: Delivery): Promise<string> {
  const gitlab = gitlabOf(delivery);
  const { plan, commit, clock, signal, limits, secrets, progress } = delivery;
  const project = await gitlab.project(plan.app.path ?? "");
  const tell = noting(progress, "build");
  const found = await firstPipeline(delivery, gitlab, project);
  if (found.status === "success") return `pipeline ${String(found.id)} has built ${shortSha(commit)} already`;
  tell(`pipeline ${String(found.id)} builds ${shortSha(commit)}: ${found.webUrl}`);
  const watching = { clock, signal, timeoutMs: limits.buildMs, secrets: secrets.texts, tell };
  await watchPipeline(gitlab, project, found.id, watching);
  return `pipeline ${String(found.id)} has built ${shortSha(commit)}`;
}

async function firstPipeline(
  { plan, commit, clock, signal, limits }: Delivery,
  gitlab: GitLabApi,
  project: GitLabProject,
): Promise<Pipeline> {
  const limit = Math.min(APPEARANCE_MS, limits.buildMs);
  const deadline = clock.now() + limit;
  const waits = backoff(1_000, 10_000);
  const place = { file: `${project.webUrl}/-/pipelines`, value: `${shortSha(commit)} on ${plan.app.branch}` };
  for (;;) {
    const pipelines = await gitlab.pipelinesOf(project, commit, plan.app.branch);
    const best = pipelines.find(({ status }) => status === "success") ?? pipelines[0];
    if (best !== undefined) return best;
    const head = await gitlab.branchHead(project, plan.app.branch);
    if (
      head !== undefined &&
      head !== commit &&
      (await gitlab.pipelinesOf(project, head, plan.app.branch)).length > 0
    ) {
      throw overtaken(place, head);
    }
    const wait = waits.next().value;
    if (clock.now() + wait > deadline) throw missing(place, limit);
    await clock.sleep(wait, signal);
  }
}

/** GitLab makes one pipeline for each push, of its last commit. */
function overtaken(place: { file: string; value: string }, head: string): UserError {
  return new UserError([
    {
      severity: "error",
      path: "",
      ...place,
      message: `a later commit, ${shortSha(head)}, came in the same push, and GitLab builds the last commit of a push alone`,
      fix: `deliver that one, which holds this one: --commit ${head}`,
    },
  ]);
}

function missing(place: { file: string; value: string }, limit: number): UserError {
  return new UserError([
    {
      severity: "error",
      path: "",
      ...place,
      message: `GitLab has made no pipeline for this commit within ${String(limit / 1000)} s`,
      fix:
        "see that the repository has the CI file that the project is set to (.gitlab-ci-dso.yml) with a job for this " +
        "branch; without a build on the platform, write app.build: false",
    },
  ]);
}
