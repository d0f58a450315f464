import { FACTORY_GITLAB_TOKEN } from "../gitlab/platform-token";
import { asking, type Asked } from "../gitlab/refusals";
import type { Service } from "../http/service";
import { parseOrigin, PLAN_FILES } from "../plan/origin";
import type { FoundPlan } from "./moved";
import { PlanRefusal, refused } from "./refusal";

/** Which commit runs, and where its plan is looked for. */
export interface MergedCommit {
  /** `CI_PROJECT_ID` */
  readonly project: string;
  /** `CI_COMMIT_SHA` */
  readonly commit: string;
  /** `CI_COMMIT_BRANCH` */
  readonly branch: string;
  /** The job of a merge request's pipeline that makes the plan: `preview: [dev]`. */
  readonly job: string;
  /** The folder of the plan in its artifacts: `plans/dev`. */
  readonly folder: string;
}

interface RawMergeRequest {
  readonly iid: number;
  readonly state: string;
  readonly target_branch: string;
  readonly sha: string | null;
  readonly merge_commit_sha: string | null;
  readonly squash_commit_sha: string | null;
  readonly web_url: string;
}

interface RawPipeline {
  readonly id: number;
  /** The project that ran it: a fork's own pipelines are listed, too. */
  readonly project_id?: number;
  /** `refs/merge-requests/7/head`, `…/merge` of merged results, `…/train` of a merge train. */
  readonly ref?: string;
  readonly source?: string;
  readonly web_url: string;
}

interface RawJob {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly web_url: string;
}

/** The way out for whoever knows what they do. */
const BY_HAND = "run a pipeline of the branch with the variable FACTORY_WITHOUT_PLAN=true";

/**
 * Finds the plan that was reviewed: of the merge request that made the commit, the last pipeline's job.
 *
 * @throws PlanRefusal when nobody has reviewed one; UserError when GitLab cannot be asked
 */
export async function findMergedPlan(service: Service, merged: MergedCommit): Promise<FoundPlan> {
  const request = await mergeRequestOf(service, merged);
  const base = `/api/v4/projects/${encodeURIComponent(merged.project)}`;
  const all = await ask<readonly RawPipeline[]>(
    service,
    `${base}/merge_requests/${String(request.iid)}/pipelines?per_page=100`,
    `pipelines of the merge request !${String(request.iid)}`,
  );
  const pipelines = all.filter((one) => isReviewed(one, merged));
  // The newest comes first, and with it what was reviewed last.
  const [pipeline] = [...pipelines].sort((one, other) => other.id - one.id);
  if (pipeline === undefined) {
    throw new PlanRefusal([
      refused(request.web_url, {
        message: "the merge request had no pipeline, so that nobody has seen what it changes",
        fix: `turn on "Pipelines must succeed" for the project; for this commit ${anewOf(merged)}, or ${BY_HAND}`,
      }),
    ]);
  }
  const jobs = await ask<readonly RawJob[]>(
    service,
    `${base}/pipelines/${String(pipeline.id)}/jobs?per_page=100`,
    `jobs of the pipeline ${String(pipeline.id)}`,
  );
  const job = jobs.find(({ name }) => name === merged.job);
  if (job?.status !== "success") throw new PlanRefusal([withoutJob(merged, pipeline, job)]);
  const artifact = async (file: string): Promise<string> => {
    const path = `${base}/jobs/${String(job.id)}/artifacts/${merged.folder.split("/").map(encodeURIComponent).join("/")}/${file}`;
    const asked = askedFor(`artifact ${merged.folder}/${file} of the job ${job.web_url}`);
    // An artifact that has expired is a 404.
    asked.spelling = `retry the job \`${merged.job}\` of ${pipeline.web_url}, whose artifacts may have expired`;
    return (await asking(service.url, asked, () => service.request({ method: "GET", path }))).text;
  };
  return {
    origin: parseOrigin(await artifact(PLAN_FILES.origin), job.web_url),
    plan: await artifact(PLAN_FILES.plan),
    place: job.web_url,
    again: `retry the job \`${merged.job}\` of ${pipeline.web_url} and then its review, read the note of !${String(request.iid)} anew, and retry this job`,
    anew: `${anewOf(merged)}; merge by fast-forward or semi-linear history, so that this cannot happen; or ${BY_HAND}`,
  };
}

function anewOf({ branch }: MergedCommit): string {
  return `open a merge request from today's ${branch} (an empty commit will do), review its preview, and merge it`;
}

/** Whether its previews are what reviewers read: nobody reads those of a fork's pipeline or of a merge train. */
function isReviewed({ source, project_id, ref }: RawPipeline, { project }: MergedCommit): boolean {
  if (source !== undefined && source !== "merge_request_event") return false;
  return (project_id === undefined || String(project_id) === project) && ref?.endsWith("/train") !== true;
}

/** The merged merge request whose last commit this one is. */
async function mergeRequestOf(service: Service, merged: MergedCommit): Promise<RawMergeRequest> {
  const { project, commit, branch } = merged;
  const found = await ask<readonly RawMergeRequest[]>(
    service,
    `/api/v4/projects/${encodeURIComponent(project)}/repository/commits/${commit}/merge_requests?per_page=100`,
    `merge requests of the commit ${commit.slice(0, 8)}`,
  );
  const request = found.find(
    (one) =>
      one.state === "merged" &&
      one.target_branch === branch &&
      [one.merge_commit_sha, one.squash_commit_sha, one.sha].includes(commit),
  );
  if (request !== undefined) return request;
  throw new PlanRefusal([
    refused(`commit ${commit.slice(0, 8)}`, {
      message: `no merge request brought this commit to ${branch}: nobody has reviewed what it changes`,
      fix: `${anewOf(merged)}; or ${BY_HAND}`,
    }),
  ]);
}

function withoutJob({ job: wanted }: MergedCommit, pipeline: RawPipeline, job: RawJob | undefined) {
  return refused(pipeline.web_url, {
    message:
      job === undefined
        ? `the merge request's last pipeline has no job \`${wanted}\``
        : `the job \`${wanted}\` of the merge request's last pipeline did not succeed`,
    ...(job !== undefined && { value: job.status }),
    fix:
      job === undefined
        ? `name the job that plans this stack by --job; or ${BY_HAND}`
        : `retry it there, read the note anew, and retry this job; or ${BY_HAND}`,
  });
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

function askedFor(what: string): Mutable<Asked> {
  const needs = "read_api and the role Reporter in this project";
  return { what, token: FACTORY_GITLAB_TOKEN, needs, spelling: "see that it is this project's GitLab" };
}

async function ask<T>(service: Service, path: string, what: string): Promise<T> {
  const { body } = await asking(service.url, askedFor(what), () => service.request({ method: "GET", path }));
  return body as T;
}
