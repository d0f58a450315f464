import type { Commit } from "../git/commit-log";
import type { Job, Pipeline, Source } from "./records";

/** What the predefined variables tell of the place and the pipeline. */
export interface PipelineFacts {
  /** The address of the double, without a slash at its end. */
  readonly url: string;
  /** `organisation/group/project` */
  readonly path: string;
  readonly project: {
    readonly id: number;
    readonly name: string;
    readonly visibility: string;
    readonly default_branch: string;
  };
  readonly configPath: string;
  readonly user: { readonly id: number; readonly username: string; readonly name: string; readonly email: string };
  readonly commit: Commit;
  readonly ref: {
    readonly name: string;
    readonly tag: boolean;
    readonly isProtected: boolean;
    readonly tagMessage?: string;
  };
  readonly source: Source;
  readonly before_sha: string;
  readonly created_at: string;
  readonly schedule: string | null;
  readonly mergeRequest: MergeRequestFacts | null;
  /** Open merge requests that have the branch as their source: `group/project!3`. */
  readonly openMergeRequests: readonly string[];
}

export interface MergeRequestFacts {
  readonly id: number;
  readonly iid: number;
  readonly title: string;
  readonly source_branch: string;
  readonly target_branch: string;
  /** Head of the source branch. */
  readonly source_sha: string;
  readonly base_sha: string;
}

/** https://docs.gitlab.com/ci/variables/predefined_variables/, without what only GitLab's own services have. */
export function pipelineVariables(facts: PipelineFacts): Record<string, string> {
  const { project, commit, ref, user, path, mergeRequest } = facts;
  const [namespace = "", name = ""] = [path.slice(0, path.lastIndexOf("/")), path.slice(path.lastIndexOf("/") + 1)];
  const isBranch = !ref.tag && mergeRequest === null;
  return {
    CI: "true",
    GITLAB_CI: "true",
    ...serverVariables(facts.url),
    CI_API_V4_URL: `${facts.url}/api/v4`,
    CI_COMMIT_SHA: commit.id,
    CI_COMMIT_SHORT_SHA: commit.id.slice(0, 8),
    CI_COMMIT_BEFORE_SHA: facts.before_sha,
    CI_COMMIT_REF_NAME: mergeRequest?.source_branch ?? ref.name,
    CI_COMMIT_REF_SLUG: slug(mergeRequest?.source_branch ?? ref.name),
    CI_COMMIT_REF_PROTECTED: String(ref.isProtected),
    CI_COMMIT_TITLE: commit.title,
    CI_COMMIT_MESSAGE: commit.message,
    CI_COMMIT_DESCRIPTION: commit.message.split("\n").slice(1).join("\n").trim(),
    CI_COMMIT_TIMESTAMP: commit.committed_date,
    CI_COMMIT_AUTHOR: `${commit.author_name} <${commit.author_email}>`,
    ...(isBranch && { CI_COMMIT_BRANCH: ref.name }),
    ...(ref.tag && { CI_COMMIT_TAG: ref.name, CI_COMMIT_TAG_MESSAGE: ref.tagMessage ?? "" }),
    CI_CONFIG_PATH: facts.configPath,
    CI_DEFAULT_BRANCH: project.default_branch,
    CI_PIPELINE_SOURCE: facts.source,
    CI_PIPELINE_CREATED_AT: facts.created_at,
    CI_PROJECT_ID: String(project.id),
    CI_PROJECT_NAME: name,
    CI_PROJECT_TITLE: project.name,
    CI_PROJECT_PATH: path,
    CI_PROJECT_PATH_SLUG: slug(path),
    CI_PROJECT_NAMESPACE: namespace,
    CI_PROJECT_ROOT_NAMESPACE: namespace.split("/")[0] ?? "",
    CI_PROJECT_URL: `${facts.url}/${path}`,
    CI_PROJECT_VISIBILITY: project.visibility,
    ...(facts.source === "trigger" && { CI_PIPELINE_TRIGGERED: "true" }),
    ...(facts.schedule !== null && { CI_PIPELINE_SCHEDULE_DESCRIPTION: facts.schedule }),
    ...(facts.openMergeRequests.length > 0 && { CI_OPEN_MERGE_REQUESTS: facts.openMergeRequests.join(",") }),
    ...(mergeRequest !== null && mergeRequestVariables(facts, mergeRequest)),
    GITLAB_USER_ID: String(user.id),
    GITLAB_USER_LOGIN: user.username,
    GITLAB_USER_NAME: user.name,
    GITLAB_USER_EMAIL: user.email,
  };
}

function serverVariables(address: string): Record<string, string> {
  const { protocol, hostname, port, host } = new URL(address);
  return {
    CI_SERVER: "yes",
    CI_SERVER_NAME: "GitLab",
    CI_SERVER_URL: address,
    CI_SERVER_HOST: hostname,
    CI_SERVER_PORT: port === "" ? (protocol === "https:" ? "443" : "80") : port,
    CI_SERVER_PROTOCOL: protocol.slice(0, -1),
    CI_SERVER_FQDN: host,
    CI_SERVER_SHELL_SSH_PORT: "22",
  };
}

function mergeRequestVariables({ path, project }: PipelineFacts, request: MergeRequestFacts): Record<string, string> {
  return {
    CI_MERGE_REQUEST_ID: String(request.id),
    CI_MERGE_REQUEST_IID: String(request.iid),
    CI_MERGE_REQUEST_REF_PATH: `refs/merge-requests/${String(request.iid)}/head`,
    CI_MERGE_REQUEST_TITLE: request.title,
    CI_MERGE_REQUEST_EVENT_TYPE: "detached",
    CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: request.source_branch,
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: request.target_branch,
    CI_MERGE_REQUEST_DIFF_BASE_SHA: request.base_sha,
    CI_MERGE_REQUEST_PROJECT_ID: String(project.id),
    CI_MERGE_REQUEST_PROJECT_PATH: path,
    CI_MERGE_REQUEST_SOURCE_PROJECT_ID: String(project.id),
    CI_MERGE_REQUEST_SOURCE_PROJECT_PATH: path,
  };
}

/** Those that a pipeline has once it is there. */
export function pipelineIds(
  url: string,
  path: string,
  { id, iid }: Pick<Pipeline, "id" | "iid">,
): Record<string, string> {
  return {
    CI_PIPELINE_ID: String(id),
    CI_PIPELINE_IID: String(iid),
    CI_PIPELINE_URL: `${url}/${path}/-/pipelines/${String(id)}`,
  };
}

export interface JobFacts {
  readonly url: string;
  readonly path: string;
  readonly job: Job;
  readonly token: string;
  readonly checkout: string;
  readonly started_at: string;
}

export function jobVariablesOf({ url, path, job, token, checkout, started_at }: JobFacts): Record<string, string> {
  const { protocol, host } = new URL(url);
  return {
    CI_JOB_ID: String(job.id),
    CI_JOB_NAME: job.name,
    CI_JOB_NAME_SLUG: slug(job.name),
    CI_JOB_STAGE: job.stage,
    CI_JOB_STATUS: "running",
    CI_JOB_URL: `${url}/${path}/-/jobs/${String(job.id)}`,
    CI_JOB_TOKEN: token,
    CI_JOB_STARTED_AT: started_at,
    ...(job.when === "manual" && { CI_JOB_MANUAL: "true" }),
    CI_REPOSITORY_URL: `${protocol}//gitlab-ci-token:${token}@${host}/${path}.git`,
    CI_PROJECT_DIR: checkout,
    CI_BUILDS_DIR: checkout.slice(0, checkout.lastIndexOf("/")),
    CI_RUNNER_DESCRIPTION: "gitlab-ci-local",
    CI_RUNNER_TAGS: JSON.stringify(job.definition.tags),
    CI_CONCURRENT_ID: "0",
    ...(job.environment !== null && {
      CI_ENVIRONMENT_NAME: job.environment.name,
      CI_ENVIRONMENT_SLUG: environmentSlug(job.environment.name),
      CI_ENVIRONMENT_ACTION: job.environment.action,
      ...(job.environment.tier !== undefined && { CI_ENVIRONMENT_TIER: job.environment.tier }),
      ...(job.environment.url !== null && { CI_ENVIRONMENT_URL: job.environment.url }),
    }),
  };
}

/** Lower-case letters, digits and dashes, at most 63, none at the ends. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");
}

/** At most 24 characters. GitLab adds a suffix to one that was changed or cut, which is left out here. */
export function environmentSlug(name: string): string {
  return slug(name).slice(0, 24).replace(/-+$/, "");
}
