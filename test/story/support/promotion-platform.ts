import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applicationName } from "../../../model/naming";
import { type GitLab, startGitLab } from "../../../lab/gitlab/gitlab";
import { FactoryCommand, type Outcome } from "../../engine/support/factory-command";
import { smallInstall } from "../../engine/support/small-install";
import { isDeployed } from "./application";
import { catalogueFile, setCatalogue, type CatalogueProject } from "./catalogue";
import { git } from "./git-client";
import { Story } from "./story";

const PATH = "platform/factory";

interface Told {
  readonly id: number;
  readonly iid: number;
  readonly title: string;
  readonly description: string;
  readonly sha: string;
  readonly web_url: string;
}

/**
 * A platform of three environments, as it is without clusters of their own: three stacks in one cluster, whose projects
 * are told apart by namespaces, under the one Argo CD that each of the stacks declares. Its files are on a double of GitLab.
 */
export class PromotionPlatform {
  private constructor(
    readonly story: Story,
    private readonly gitlab: GitLab,
    private readonly folder: string,
  ) {}

  static async start(): Promise<PromotionPlatform> {
    const folder = mkdtempSync(join(tmpdir(), "gitlab-promotion-"));
    const [story, gitlab] = [await Story.start({ parts: ["git"] }), await startGitLab({ folder })];
    return new PromotionPlatform(story, gitlab, folder);
  }

  /** Writes catalogue and stacks, and commits them to the default branch on GitLab. */
  async declare(...projects: readonly CatalogueProject[]): Promise<void> {
    const { program, stack } = this.story.factory;
    setCatalogue(this.story, ...projects);
    program.config(["dns"], undefined);
    const dev = program.read("Pulumi.dev.yaml");
    // What Argo CD runs by is the first stack's to declare; the others have the least that the program asks for.
    smallInstall(program);
    for (const name of ["staging", "prod"]) program.write(`Pulumi.${name}.yaml`, program.read("Pulumi.dev.yaml"));
    program.write("Pulumi.dev.yaml", dev);
    for (const name of ["staging", "prod"]) await stack.must("stack", "init", name, "--no-select");
    await this.api("POST", "/groups", { path: "platform", name: "platform" });
    const { id } = await this.api("GET", "/groups/platform");
    await this.api("POST", "/projects", { path: "factory", name: "factory", namespace_id: id });
    await this.git("init", "--quiet", "--initial-branch=main");
    await this.git("remote", "add", "origin", `${this.gitlab.url}/${PATH}.git`);
    await this.git("config", "user.name", "Developer");
    await this.git("config", "user.email", "developer@example.org");
    await this.commit("the platform");
  }

  /** Commits the catalogue and the stacks as they are, and pushes them. */
  async commit(message: string): Promise<void> {
    await this.git("add", "catalog", "Pulumi.dev.yaml", "Pulumi.staging.yaml", "Pulumi.prod.yaml");
    await this.git("commit", "--quiet", "--message", message);
    await this.git("push", "--quiet", this.authorized, "HEAD:main");
  }

  /** Adds a commit to a branch that is there, as somebody does in GitLab's editor. */
  async commitTo(branch: string, path: string, content: string): Promise<void> {
    const actions = [{ action: "create", file_path: path, content }];
    await this.api("POST", `${this.project}/repository/commits`, { branch, commit_message: `add ${path}`, actions });
  }

  /** Has somebody change a file of the default branch in the very moment of the next push from the checkout. */
  async raceNextPush(path: string, edit: (text: string) => string): Promise<void> {
    const other = join(this.folder, "colleague");
    await git(["clone", "--quiet", this.authorized, other]);
    writeFileSync(join(other, path), edit(readFileSync(join(other, path), "utf8")));
    await git(["-C", other, "commit", "--quiet", "--all", "--message", "change it too"]);
    const hook = join(this.story.factory.program.dir, ".git", "hooks", "pre-push");
    const lines = ["#!/bin/sh", "unset $(git rev-parse --local-env-vars)", `rm '${hook}'`];
    writeFileSync(hook, [...lines, `git -C '${other}' push --quiet origin HEAD:main`, ""].join("\n"), { mode: 0o755 });
  }

  /** Has the checkout follow the default branch. */
  async pull(): Promise<void> {
    await this.git("fetch", "--quiet", this.authorized, "main");
    await this.git("reset", "--quiet", "--hard", "FETCH_HEAD");
  }

  git(...args: string[]): Promise<string> {
    return git(["-C", this.story.factory.program.dir, ...args]);
  }

  /** `pulumi up` of a stack. Throws when it fails. */
  async up(stack: string): Promise<void> {
    const run = await this.story.factory.stack.up("--stack", stack);
    if (run.exitCode !== 0) throw new Error(`pulumi up of ${stack} failed:\n${run.stdout}\n${run.stderr}`);
  }

  /** Waits until an environment runs a commit of a project's repository `deploy`. */
  async untilDeployed(project: string, environment: string, commit: string): Promise<void> {
    const name = applicationName("acme", project, environment, "deploy");
    await this.story.untilApplication(name, (one) => isDeployed(one) && one.status?.sync?.revision === commit);
  }

  /** `factory promote` in the platform's folder, as a pipeline runs it. */
  promote(...args: string[]): Promise<Outcome> {
    return this.promoteAs(this.gitlab.rootToken, ...args);
  }

  /** The same with another token. */
  promoteAs(token: string, ...args: string[]): Promise<Outcome> {
    const { program, cluster } = this.story.factory;
    const where = ["--root", program.dir, "--kubeconfig", cluster.kubeconfig];
    const path = `${cluster.kubectl.replace(/\/[^/]*$/, "")}:${process.env["PATH"] ?? ""}`;
    const env = { PATH: path, FACTORY_GITLAB_TOKEN: token };
    return new FactoryCommand(["promote", ...args, ...where], env).outcome;
  }

  catalogueText(project: string): string {
    return this.story.factory.program.read(catalogueFile(project));
  }

  async mergeRequests(): Promise<readonly Told[]> {
    return (await this.api("GET", `${this.project}/merge_requests?state=opened`)) as unknown as Told[];
  }

  async merge({ iid }: Told): Promise<void> {
    await this.api("PUT", `${this.project}/merge_requests/${String(iid)}/merge`, {});
  }

  async dispose(): Promise<void> {
    await this.gitlab.close();
    await this.story.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get project(): string {
    return `/projects/${encodeURIComponent(PATH)}`;
  }

  private get authorized(): string {
    return `${this.gitlab.url.replace("://", `://root:${this.gitlab.rootToken}@`)}/${PATH}.git`;
  }

  private async api(method: string, path: string, body?: object): Promise<Told> {
    const response = await fetch(`${this.gitlab.url}/api/v4${path}`, {
      method,
      headers: { "private-token": this.gitlab.rootToken, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
    return (await response.json()) as Told;
  }
}
