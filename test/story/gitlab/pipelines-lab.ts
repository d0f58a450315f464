import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureCiTool } from "../../../lab/gitlab/ci/tool";
import { type GitLab, startGitLab } from "../../../lab/gitlab/gitlab";
import { createProgress } from "../../../lab/toolchain";
import { eventually } from "../support/eventually";

export interface Answer {
  readonly status: number;
  /** Parsed where it is JSON. */
  readonly body: unknown;
  readonly bytes: Buffer;
}

/** What tests look at of pipelines, jobs and others; fields that are asked for and not there fail a comparison. */
export interface Told {
  readonly id: number;
  readonly status: string;
  readonly name: string;
  readonly stage: string;
  readonly ref: string;
  readonly sha: string;
  readonly source: string;
  readonly token: string;
  readonly yaml_errors: string | null;
  readonly failure_reason?: string;
}

export interface CommittedFile {
  readonly path: string;
  readonly content: string;
  /** @default as it is; of a new file false */
  readonly executable?: boolean;
}

/** A pipeline of several jobs takes its time where much else runs. */
const patience = 180_000;

/** A double of GitLab with pipelines, in a folder of its own, and a client of it. */
export class PipelinesLab {
  #gitlab: GitLab | undefined;
  #clock: Date | undefined;
  readonly folder = mkdtempSync(join(tmpdir(), "gitlab-pipelines-"));

  static async start(): Promise<PipelinesLab> {
    await ensureCiTool(createProgress());
    const lab = new PipelinesLab();
    await lab.begin();
    return lab;
  }

  get gitlab(): GitLab {
    if (this.#gitlab === undefined) throw new Error("the double is off");
    return this.#gitlab;
  }

  async begin(): Promise<void> {
    this.#gitlab = await startGitLab({ folder: this.folder, clock: () => this.#clock ?? new Date() });
  }

  async end(): Promise<void> {
    await this.#gitlab?.close();
    this.#gitlab = undefined;
  }

  /** From now on the double's clock stands at that time. */
  setClock(time: Date): void {
    this.#clock = time;
  }

  async dispose(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Asks the API; as the administrator unless other headers are given. */
  async ask(method: string, path: string, body?: object, headers?: Record<string, string>): Promise<Answer> {
    const json = body === undefined ? {} : { "content-type": "application/json" };
    const response = await fetch(`${this.gitlab.url}/api/v4${path}`, {
      method,
      headers: { ...json, ...(headers ?? { "private-token": this.gitlab.rootToken }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, body: parse(bytes.toString()), bytes };
  }

  /** As `ask`, for what has to succeed. */
  async must<T = Told>(method: string, path: string, body?: object): Promise<T> {
    const answer = await this.ask(method, path, body);
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  /** A new project with these files on `main`, which start no pipeline. */
  async project(path: string, files: Readonly<Record<string, string>>, settings: object = {}): Promise<number> {
    const { id } = await this.must("POST", "/projects", { path, name: path, ...settings });
    await this.commit(id, files, "first commit [skip ci]");
    return id;
  }

  /** Commits files to `main`, by their paths or one by one, and answers the commit. */
  async commit(
    project: number,
    files: Readonly<Record<string, string>> | readonly CommittedFile[],
    message = "a change",
  ): Promise<string> {
    const branch = "main";
    const path = `/projects/${String(project)}/repository`;
    const list: readonly CommittedFile[] = isList(files)
      ? files
      : Object.entries(files).map(([path, content]) => ({ path, content }));
    const actions = await Promise.all(
      list.map(async ({ path: file_path, content, executable }) => {
        const there = await this.ask("GET", `${path}/files/${encodeURIComponent(file_path)}?ref=${branch}`);
        const mode = executable !== undefined && { execute_filemode: executable };
        return { action: there.status === 200 ? "update" : "create", file_path, content, ...mode };
      }),
    );
    const commit = await this.must<{ id: string }>("POST", `${path}/commits`, {
      branch,
      commit_message: message,
      actions,
    });
    return commit.id;
  }

  /** A pipeline once it has one of the states; those at an end by default. */
  pipeline(project: number, id: number, states = ["success", "failed", "canceled", "skipped"]): Promise<Told> {
    let last: Told | undefined;
    return eventually(
      async () => {
        const now = await this.must("GET", `/projects/${String(project)}/pipelines/${String(id)}`);
        last = now;
        return states.includes(now.status) ? now : undefined;
      },
      () => `pipeline ${String(id)} is ${last?.status ?? "not there"}`,
      patience,
    );
  }

  /** The pipeline of a commit, once there is one. */
  pipelineOf(project: number, sha: string): Promise<Told> {
    return eventually(
      async () => (await this.must<Told[]>("GET", `/projects/${String(project)}/pipelines?sha=${sha}`))[0],
      () => `no pipeline of ${sha}`,
      patience,
    );
  }

  /** Starts a pipeline by the API and waits for its end. */
  async run(project: number, variables: Readonly<Record<string, string>> = {}): Promise<Told> {
    const list = Object.entries(variables).map(([key, value]) => ({ key, value }));
    const made = await this.must("POST", `/projects/${String(project)}/pipeline`, { ref: "main", variables: list });
    return this.pipeline(project, made.id);
  }

  /** The jobs of a pipeline by their names. */
  async jobs(project: number, pipeline: number): Promise<Record<string, Told>> {
    const path = `/projects/${String(project)}/pipelines/${String(pipeline)}/jobs?per_page=100`;
    return Object.fromEntries((await this.must<Told[]>("GET", path)).map((job) => [job.name, job]));
  }

  /** What a job of a pipeline has written. */
  async trace(project: number, pipeline: number, job: string): Promise<string> {
    const { id } = (await this.jobs(project, pipeline))[job] ?? { id: 0 };
    return (await this.ask("GET", `/projects/${String(project)}/jobs/${String(id)}/trace`)).bytes.toString();
  }

  /** What a file holds, once it is there. */
  whenThere(file: string): Promise<string> {
    const look = (): string | undefined => (existsSync(file) ? readFileSync(file, "utf8").trim() : undefined);
    return eventually(
      () => Promise.resolve(look()),
      () => `there is no ${file}`,
      patience,
    );
  }

  /** Waits until no process has the id. */
  async untilGone(pid: number): Promise<void> {
    await eventually(
      () => Promise.resolve(existsSync(`/proc/${String(pid)}`) ? undefined : true),
      () => `process ${String(pid)} is still there`,
    );
  }
}

function isList(files: object): files is readonly CommittedFile[] {
  return Array.isArray(files);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
