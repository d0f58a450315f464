import { join } from "node:path";
import { readMirrorFiles } from "../../../mirror";
import { GroupSetup, setVariables } from "../gitlab/group-setup";
import { type CommittedFile, PipelinesLab, type Told } from "../gitlab/pipelines-lab";
import { appFiles } from "./app-files";
import { RegistryDouble } from "./registry-double";

const root = join(__dirname, "..", "..", "..");
const robot = { user: "robot$acme+ci", password: "harbor-s3cret" };

const kustomization = [
  "resources: [deployment.yaml]",
  "images:",
  "  - name: harbor.example/acme/api",
  "    newTag: 3f2a9c1d # set by the pipeline",
  "",
].join("\n");

/**
 * A team's GitLab with the repositories `team/api` and `team/deploy`, and the platform's with `acme/api`, `acme/deploy`
 * and `acme/mirror`: both doubles of GitLab, whose pipelines really run.
 */
export class DeliveryWorld {
  private constructor(
    readonly team: PipelinesLab,
    readonly platform: PipelinesLab,
    readonly registry: RegistryDouble,
    /** Project ids. */
    readonly ids: Readonly<Record<"api" | "deploy" | "platformApi" | "platformDeploy" | "mirror", number>>,
    readonly secrets: readonly string[],
  ) {}

  static async create(): Promise<DeliveryWorld> {
    const team = await PipelinesLab.start();
    const platform = await PipelinesLab.start();
    const registry = await RegistryDouble.start(robot);
    const [teamGroup, acme] = [await GroupSetup.create(team, "team"), await GroupSetup.create(platform, "acme")];
    const ids = {
      api: await teamGroup.project("api"),
      deploy: await teamGroup.project("deploy"),
      platformApi: await acme.project("api", { ci_config_path: ".gitlab-ci-dso.yml" }),
      platformDeploy: await acme.project("deploy", { ci_config_path: ".gitlab-ci-dso.yml" }),
      mirror: await acme.project("mirror"),
    };
    await platform.commit(ids.mirror, readMirrorFiles(), "the mirror [skip ci]");
    const read = await teamGroup.token(["read_repository"], 20);
    const write = await teamGroup.token(["read_repository", "write_repository"], 40);
    const output = await acme.token(["read_repository", "write_repository"], 40);
    const look = await acme.token(["read_api"], 20);
    for (const name of ["api", "deploy"]) {
      const values = {
        GIT_INPUT_URL: `${team.gitlab.url}/team/${name}.git`,
        GIT_INPUT_PASSWORD: read,
        GIT_OUTPUT_URL: `${platform.gitlab.url}/acme/${name}.git`,
        GIT_OUTPUT_PASSWORD: output,
      };
      await setVariables(platform, ids.mirror, values, { environment_scope: name });
    }
    const trigger = await platform.must("POST", `/projects/${String(ids.mirror)}/triggers`, { description: "team" });
    await setVariables(platform, ids.platformApi, {
      HARBOR_HOST: registry.host,
      HARBOR_SCHEME: "http",
      HARBOR_PROJECT: "acme",
      HARBOR_USERNAME: robot.user,
      HARBOR_PASSWORD: robot.password,
    });
    await setVariables(team, ids.api, {
      PLATFORM_URL: platform.gitlab.url,
      MIRROR_PROJECT_ID: String(ids.mirror),
      MIRROR_TRIGGER_TOKEN: trigger.token,
      PLATFORM_READ_TOKEN: look,
      PLATFORM_APP_PROJECT: "acme/api",
      PLATFORM_RETRIES: "0",
      POLL_SECONDS: "1",
      INFRA_URL: `${team.gitlab.url}/team/deploy.git`,
      INFRA_TOKEN: write,
      IMAGE: "harbor.example/acme/api",
      FACTORY: `node ${join(root, "bin", "factory.js")}`,
    });
    await team.commit(ids.deploy, [{ path: "kustomization.yaml", content: kustomization }], "deploy [skip ci]");
    await team.commit(ids.api, appFiles(), "the app [skip ci]");
    const secrets = [read, write, output, look, trigger.token, robot.password];
    return new DeliveryWorld(team, platform, registry, ids, secrets);
  }

  /** Commits to the app repository. @returns the commit, and its pipeline at its end */
  async deliver(files: readonly CommittedFile[]): Promise<{ sha: string; pipeline: Told }> {
    const sha = await this.commit(files);
    return { sha, pipeline: await this.ended(sha) };
  }

  /** Commits to the app repository, and waits for nothing. @returns the commit */
  commit(files: readonly CommittedFile[]): Promise<string> {
    return this.team.commit(this.ids.api, files);
  }

  /** The pipeline of a commit of the app at its end. */
  async ended(sha: string): Promise<Told> {
    const { id } = await this.team.pipelineOf(this.ids.api, sha);
    return this.team.pipeline(this.ids.api, id);
  }

  /** Starts the mirror by the API. @returns its pipeline at its end, and the log of the job */
  async mirror(
    variables: Readonly<Record<string, string>>,
    job = "mirror",
  ): Promise<{ readonly status: string; readonly log: string; readonly jobs: readonly string[] }> {
    const { id, status } = await this.platform.run(this.ids.mirror, variables);
    const jobs = Object.keys(await this.platform.jobs(this.ids.mirror, id));
    return { status, jobs, log: await this.platform.trace(this.ids.mirror, id, job) };
  }

  /** What the kustomization holds: at the team's, or in the platform's copy. */
  async kustomization(where: "team" | "platform"): Promise<string> {
    const [lab, id] = where === "team" ? [this.team, this.ids.deploy] : [this.platform, this.ids.platformDeploy];
    const answer = await lab.ask("GET", `/projects/${String(id)}/repository/files/kustomization.yaml/raw?ref=main`);
    return answer.bytes.toString();
  }

  /** A variable of the app's project, as its pipelines see it. */
  async value(key: string): Promise<string> {
    const path = `/projects/${String(this.ids.api)}/variables/${key}`;
    return (await this.team.must<{ value: string }>("GET", path)).value;
  }

  /** The log of a job of the app's pipeline. */
  log(pipeline: Told, job: string): Promise<string> {
    return this.team.trace(this.ids.api, pipeline.id, job);
  }

  async dispose(): Promise<void> {
    await Promise.all([this.team.dispose(), this.platform.dispose(), this.registry.close()]);
  }
}
