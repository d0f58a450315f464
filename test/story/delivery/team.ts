import { join } from "node:path";
import { GroupSetup, setVariables } from "../gitlab/group-setup";
import { type CommittedFile, PipelinesLab } from "../gitlab/pipelines-lab";
import { deployment, kustomization, yaml } from "../support/manifests";
import { appFiles } from "../templates/app-files";

const root = join(__dirname, "..", "..", "..");

/** The image as both repositories name it; the registry's double holds no image, only its tags. */
export const IMAGE = "harbor.example/acme/api";
export const FIRST_TAG = "00000001";

/**
 * The team's own GitLab, which the platform knows nothing of: a double whose pipelines really run, with the app
 * repository `team/api`, the infra repository `team/deploy`, and the templates in them.
 */
export class Team {
  /** A token of the group that reads, and one that also writes. */
  readonly #tokens: { readonly read: string; readonly write: string };

  private constructor(
    readonly lab: PipelinesLab,
    /** Ids of the projects. */
    readonly ids: { readonly api: number; readonly deploy: number },
    tokens: { readonly read: string; readonly write: string },
  ) {
    this.#tokens = tokens;
  }

  static async start(): Promise<Team> {
    const lab = await PipelinesLab.start();
    const group = await GroupSetup.create(lab, "team");
    const ids = { api: await group.project("api"), deploy: await group.project("deploy") };
    const tokens = {
      read: await group.token(["read_repository"], 40),
      write: await group.token(["read_repository", "write_repository"], 40),
    };
    const team = new Team(lab, ids, tokens);
    await team.commit("deploy", infraFiles(), "the first manifests");
    await team.setPipelines(false);
    await team.commit("api", appFiles(), "the first source");
    return team;
  }

  get readToken(): string {
    return this.#tokens.read;
  }

  get writeToken(): string {
    return this.#tokens.write;
  }

  url(repository: "api" | "deploy"): string {
    return `${this.lab.gitlab.url}/team/${repository}.git`;
  }

  /** What the team sets in its GitLab once the platform has handed over its part. */
  async setVariables(values: Readonly<Record<string, string>>): Promise<void> {
    await setVariables(this.lab, this.ids.api, {
      INFRA_URL: this.url("deploy"),
      INFRA_TOKEN: this.writeToken,
      IMAGE,
      FACTORY: `node ${join(root, "bin", "factory.js")}`,
      POLL_SECONDS: "1",
      PLATFORM_RETRIES: "0",
      ...values,
    });
  }

  /** Whether the team's own pipeline delivers each commit. `[skip ci]` would keep the platform from building it, too. */
  async setPipelines(on: boolean): Promise<void> {
    const ci_config_path = on ? ".gitlab-ci.yml" : "no-such-file.yml";
    await this.lab.must("PUT", `/projects/${String(this.ids.api)}`, { ci_config_path });
  }

  /** Commits to `main`. @returns the commit */
  commit(repository: "api" | "deploy", files: readonly CommittedFile[], message?: string): Promise<string> {
    return this.lab.commit(this.ids[repository], files, message);
  }

  /** Takes a file away again. */
  async remove(repository: "api" | "deploy", file_path: string): Promise<void> {
    const actions = [{ action: "delete", file_path }];
    const body = { branch: "main", commit_message: `without ${file_path}`, actions };
    await this.lab.must("POST", `/projects/${String(this.ids[repository])}/repository/commits`, body);
  }

  /** The last commit of `main`. */
  async head(repository: "api" | "deploy"): Promise<string> {
    const path = `/projects/${String(this.ids[repository])}/repository/branches/main`;
    return (await this.lab.must<{ commit: { id: string } }>("GET", path)).commit.id;
  }

  dispose(): Promise<void> {
    return this.lab.dispose();
  }
}

function infraFiles(): CommittedFile[] {
  const images = [{ name: IMAGE, newTag: FIRST_TAG }];
  return [
    { path: "api.yaml", content: yaml(deployment("api", IMAGE)) },
    { path: "kustomization.yaml", content: kustomization({ resources: ["api.yaml"], images }) },
  ];
}
