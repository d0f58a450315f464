import { Gitlab } from "@gitbeaker/rest";
import { Refusal, type Service } from "../http/service";
import { asking, unlessAbsent, type Asked } from "./refusals";
import { requesterOf } from "./requester";

export interface GitLabProject {
  readonly id: number;
  /** `ministere/demarches/api` */
  readonly path: string;
  readonly webUrl: string;
}

/** https://docs.gitlab.com/api/pipelines/ names the statuses. */
export interface Pipeline {
  readonly id: number;
  readonly status: string;
  readonly source: string;
  readonly ref: string;
  readonly sha: string;
  readonly webUrl: string;
  /** What is wrong with the CI file; the pipeline has no jobs then. */
  readonly yamlErrors?: string;
}

export interface Job {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  /** `script_failure`, `stuck_or_timeout_failure`, … */
  readonly failureReason?: string;
  readonly webUrl: string;
}

/** The environment variable of the token that all but triggers are asked with. */
export const GITLAB_TOKEN = "GITLAB_TOKEN";

/** GitLab's REST API, as far as a delivery asks it. */
export class GitLabApi {
  private readonly client: Gitlab;

  constructor(private readonly service: Service) {
    // The token is the service's, so that it is in no object of the client's.
    this.client = new Gitlab({ host: service.url, requesterFn: requesterOf(service), queryTimeout: null });
  }

  get url(): string {
    return this.service.url;
  }

  async project(path: string): Promise<GitLabProject> {
    const found = await this.ask(`project ${path}`, "read_api and the role Reporter", () =>
      this.client.Projects.show(path),
    );
    return { id: found.id, path: found.path_with_namespace, webUrl: found.web_url };
  }

  /** The commit that a branch is at; absent where there is no such branch. */
  async branchHead(project: GitLabProject, branch: string): Promise<string | undefined> {
    const found = await this.ask(`branch ${branch} of ${project.path}`, "read_api and the role Reporter", () =>
      unlessAbsent(() => this.client.Branches.show(project.id, branch)),
    );
    return found?.commit.id;
  }

  /** Whether a commit is on a branch, at its head or further back. */
  async isOnBranch(project: GitLabProject, commit: string, branch: string): Promise<boolean> {
    const head = await this.branchHead(project, branch);
    if (head === undefined || head === commit) return head === commit;
    return this.isAncestor(project, commit, head);
  }

  /** Whether one commit is another, or comes before it. */
  async isAncestor(project: GitLabProject, commit: string, descendant: string): Promise<boolean> {
    if (commit === descendant) return true;
    return this.ask(`commits of ${project.path}`, "read_api and the role Reporter", async () => {
      const [one, other] = await Promise.all(
        [commit, descendant].map((sha) => unlessAbsent(() => this.client.Commits.show(project.id, sha))),
      );
      if (one === undefined || other === undefined) return false;
      // What the commit has beyond the common ancestor of the two.
      const { commits } = await this.client.Repositories.compare(project.id, descendant, commit);
      return (commits ?? []).length === 0;
    });
  }

  /** The pipelines of a commit on a branch, the newest first. */
  async pipelinesOf(project: GitLabProject, commit: string, branch: string): Promise<readonly Pipeline[]> {
    const found = await this.ask(`pipelines of ${project.path}`, "read_api and the role Reporter", () =>
      this.client.Pipelines.all(project.id, { sha: commit, ref: branch, perPage: 50, maxPages: 1 }),
    );
    return found.map(pipelineOf).sort((one, other) => other.id - one.id);
  }

  async pipeline(project: GitLabProject, id: number): Promise<Pipeline> {
    const found = await this.ask(`pipeline ${String(id)} of ${project.path}`, "read_api and the role Reporter", () =>
      this.client.Pipelines.show(project.id, id),
    );
    return pipelineOf(found);
  }

  /** The jobs because of which a pipeline has failed. */
  async failedJobs(project: GitLabProject, pipeline: number): Promise<readonly Job[]> {
    const found = await this.ask(`jobs of ${project.path}`, "read_api and the role Reporter", () =>
      this.client.Jobs.all(project.id, { pipelineId: pipeline, scope: "failed", perPage: 100, maxPages: 1 }),
    );
    return found.filter((job) => !job.allow_failure).map(jobOf);
  }

  /** A job's log as it is stored, with its colours; absent where it may not be read or was erased. */
  async jobLog(project: GitLabProject, job: number): Promise<string | undefined> {
    const log = await unlessRefused(() => this.client.Jobs.showLog(project.id, job));
    return typeof log === "string" ? log : undefined;
  }

  /** Starts a pipeline by a trigger token, which goes in the request's body, so that no log of a server has it. */
  async trigger(
    project: GitLabProject,
    { token, ref, variables }: { token: string; ref: string; variables: Readonly<Record<string, string>> },
  ): Promise<Pipeline> {
    const asked: Asked = {
      what: `trigger of ${project.path}`,
      token: "MIRROR_TRIGGER_TOKEN",
      needs: `the pipeline trigger token of ${project.path}`,
      spelling: `make one at ${project.webUrl}/-/settings/ci_cd#js-pipeline-triggers`,
    };
    const { body } = await asking(this.url, asked, () =>
      this.service.request({
        method: "POST",
        path: `/api/v4/projects/${String(project.id)}/trigger/pipeline`,
        form: {
          token,
          ref,
          ...Object.fromEntries(Object.entries(variables).map(([name, value]) => [`variables[${name}]`, value])),
        },
      }),
    );
    return pipelineOf(body as RawPipeline);
  }

  private ask<T>(what: string, needs: string, work: () => Promise<T>): Promise<T> {
    const asked = { what, token: GITLAB_TOKEN, needs, spelling: "correct the names in redeploy.yaml" };
    return asking(this.url, asked, work);
  }
}

async function unlessRefused<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

interface RawPipeline {
  readonly id: number;
  readonly status: string;
  readonly source?: unknown;
  readonly ref: string;
  readonly sha: string;
  readonly web_url: string;
  readonly yaml_errors?: unknown;
}

function pipelineOf(raw: RawPipeline): Pipeline {
  return {
    id: raw.id,
    status: raw.status,
    source: typeof raw.source === "string" ? raw.source : "",
    ref: raw.ref,
    sha: raw.sha,
    webUrl: raw.web_url,
    ...(typeof raw.yaml_errors === "string" && raw.yaml_errors !== "" && { yamlErrors: raw.yaml_errors }),
  };
}

function jobOf(raw: { id: number; name: string; status: string; failure_reason?: string; web_url: string }): Job {
  return {
    id: raw.id,
    name: raw.name,
    status: raw.status,
    webUrl: raw.web_url,
    ...(raw.failure_reason !== undefined && { failureReason: raw.failure_reason }),
  };
}
