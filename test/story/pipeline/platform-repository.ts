import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { eventually } from "../support/eventually";
import { git } from "../support/git-client";
import { setVariables } from "../gitlab/group-setup";
import { PipelinesLab, type Told } from "../gitlab/pipelines-lab";

/** A platform's repository on a double of GitLab, with a clone in which a test edits, and pipelines that really run. */
export class PlatformRepository {
  private constructor(
    readonly gitlab: PipelinesLab,
    readonly project: number,
    /** The clone. */
    private readonly folder: string,
  ) {}

  /** Makes the project of a folder's files, which are the first commit and start no pipeline. */
  static async create(folder: string): Promise<PlatformRepository> {
    const gitlab = await PipelinesLab.start();
    const { id } = await gitlab.must("POST", "/projects", { path: "platform", name: "platform" });
    const made = new PlatformRepository(gitlab, id, folder);
    await made.git("init", "--quiet", "--initial-branch=main");
    await made.git("remote", "add", "origin", `${gitlab.gitlab.url}/root/platform.git`);
    await made.commit("the platform");
    await made.git("push", "--quiet", "--push-option=ci.skip", "origin", "main");
    return made;
  }

  /** Variables of the project, those of an environment alone where one is named. */
  variables(values: Readonly<Record<string, string>>, environment = "*"): Promise<void> {
    return setVariables(this.gitlab, this.project, values, { environment_scope: environment });
  }

  /** A token of the project; 20 is GitLab's number of the role Reporter. */
  async token(scope: string): Promise<string> {
    const expires_at = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const body = { name: scope, scopes: [scope], access_level: 20, expires_at };
    return (await this.gitlab.must("POST", `/projects/${String(this.project)}/access_tokens`, body)).token;
  }

  /** Opens a merge request that changes files of today's main; no text removes one. @returns its number */
  async propose(branch: string, files: Readonly<Record<string, string | undefined>>): Promise<number> {
    await this.git("fetch", "--quiet", "origin", "main");
    await this.git("checkout", "--quiet", "-B", branch, "FETCH_HEAD");
    for (const [file, text] of Object.entries(files)) {
      const path = join(this.folder, file);
      mkdirSync(dirname(path), { recursive: true });
      if (text === undefined) rmSync(path);
      else writeFileSync(path, text);
    }
    await this.commit(branch);
    await this.git("push", "--quiet", "--push-option=ci.skip", "origin", branch);
    const body = { source_branch: branch, target_branch: "main", title: branch };
    return (await this.gitlab.must<{ iid: number }>("POST", `${this.path}/merge_requests`, body)).iid;
  }

  /** The last pipeline of a merge request, at its end. */
  async reviewed(iid: number): Promise<Told> {
    const last = await eventually(
      async () => {
        const path = `${this.path}/merge_requests/${String(iid)}/pipelines`;
        return (await this.gitlab.must<Told[]>("GET", path)).find(({ source }) => source === "merge_request_event");
      },
      () => `the merge request !${String(iid)} has no pipeline`,
      120_000,
    );
    return this.ended(last.id, ["success", "failed"]);
  }

  /** Merges, and answers the pipeline of main that follows. */
  async merge(iid: number): Promise<Told> {
    const { merge_commit_sha } = await this.gitlab.must<{ merge_commit_sha: string }>(
      "PUT",
      `${this.path}/merge_requests/${String(iid)}/merge`,
    );
    return this.gitlab.pipelineOf(this.project, merge_commit_sha);
  }

  /** A pipeline in one of these states. Pulumi takes its time where much else runs. */
  async ended(id: number, states: string[]): Promise<Told> {
    return eventually(
      async () => {
        const now = await this.gitlab.must("GET", `${this.path}/pipelines/${String(id)}`);
        return states.includes(now.status) ? now : undefined;
      },
      () => `pipeline ${String(id)} is none of ${states.join(", ")}`,
      900_000,
    );
  }

  /** The job of a pipeline, once it has one of the states. */
  async job(pipeline: number, name: string, states = ["success", "failed"]): Promise<Told> {
    let last: Told | undefined;
    return eventually(
      async () => {
        last = (await this.gitlab.jobs(this.project, pipeline))[name];
        return last !== undefined && states.includes(last.status) ? last : undefined;
      },
      () => `${name} is ${last?.status ?? "not there"}`,
      900_000,
    );
  }

  /** What a job has written. */
  log(pipeline: number, job: string): Promise<string> {
    return this.gitlab.trace(this.project, pipeline, job);
  }

  /** The folder in which GitLab keeps what a job has made. */
  async artifacts(pipeline: number, job: string): Promise<string> {
    const { id } = (await this.gitlab.jobs(this.project, pipeline))[job] ?? { id: 0 };
    return join(this.gitlab.folder, "ci", "artifacts", String(id));
  }

  /** Presses a button of a job; `headers` are somebody else's token. */
  press(button: "play" | "retry", job: Told, headers?: Record<string, string>): ReturnType<PipelinesLab["ask"]> {
    return this.gitlab.ask("POST", `${this.path}/jobs/${String(job.id)}/${button}`, undefined, headers);
  }

  /** The notes of a merge request, without GitLab's own. */
  async notes(iid: number): Promise<string[]> {
    const path = `${this.path}/merge_requests/${String(iid)}/notes`;
    const notes = await this.gitlab.must<{ body: string; system: boolean }[]>("GET", path);
    return notes.filter(({ system }) => !system).map(({ body }) => body);
  }

  dispose(): Promise<void> {
    return this.gitlab.dispose();
  }

  private get path(): string {
    return `/projects/${String(this.project)}`;
  }

  private async commit(message: string): Promise<void> {
    await this.git("add", "--all");
    await this.git("commit", "--quiet", "--message", message);
  }

  private git(...args: string[]): Promise<string> {
    const credentials = Buffer.from(`oauth2:${this.gitlab.gitlab.rootToken}`).toString("base64");
    return git(["-C", this.folder, ...args], {
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "http.extraHeader",
      GIT_CONFIG_VALUE_0: `Authorization: Basic ${credentials}`,
    });
  }
}
