import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doctorOnGitLab } from "./support/doctor-on-gitlab";
import { GitLabFactory, id, SECRETS } from "./support/gitlab-factory";
import { objectChanges, succeeded } from "./support/pulumi-run";
import type { Run } from "./support/pulumi-run";

let factory: GitLabFactory;
let first: Run;

beforeAll(async () => {
  factory = await GitLabFactory.start();
  first = await succeeded(factory.stack.up());
});

afterAll(async () => {
  await factory.dispose();
});

interface Outputs {
  readonly gitlab: {
    readonly url: string;
    readonly projects: Record<
      string,
      {
        readonly group: string;
        readonly repositories: Record<string, string>;
        readonly mirror: { readonly projectId: number; readonly triggerUrl: string };
        readonly triggerToken: string;
      }
    >;
    readonly tokens: { readonly expiresAt: string };
  };
  readonly webhookSecret: string;
  readonly deployTokens: Record<string, { readonly username: string; readonly password: string }>;
}

async function outputs(): Promise<Outputs> {
  return (await factory.stack.outputs()) as unknown as Outputs;
}

describe("the GitLab side", () => {
  it("has a group for the organisation and one in it for the project, with its repositories", async () => {
    expect(await factory.api("groups/acme")).toMatchObject({ full_path: "acme", visibility: "private" });
    expect(await factory.api(`groups/${id("acme/shop")}`)).toMatchObject({
      project_creation_level: "maintainer",
      subgroup_creation_level: "owner",
    });
    const projects = await factory.api<{ path: string; ci_config_path: string | null }[]>(
      `groups/${id("acme/shop")}/projects`,
    );
    expect(projects.map(({ path, ci_config_path }) => [path, ci_config_path ?? ""]).sort()).toEqual([
      ["api", ""],
      ["deploy", ".gitlab-ci-dso.yml"],
      ["mirror", ""],
      ["pages", ""],
    ]);
  });

  it("has an executable mirror.sh and its pipeline in the repository mirror", async () => {
    const tree = await factory.api<{ path: string; mode: string }[]>(
      `projects/${id("acme/shop/mirror")}/repository/tree`,
    );
    expect(tree.map(({ path, mode }) => [path, mode])).toEqual(
      expect.arrayContaining([
        [".gitlab-ci.yml", "100644"],
        ["mirror.sh", "100755"],
      ]),
    );
  });

  it("has the copy written by nobody but the mirror, whose credentials only its own jobs see", async () => {
    const [branch] = await factory.api<object[]>(`projects/${id("acme/shop/deploy")}/protected_branches`);
    expect(branch).toMatchObject({
      name: "main",
      allow_force_push: true,
      push_access_levels: [{ access_level: 40 }],
      merge_access_levels: [{ access_level: 0 }],
    });
    const variables = await factory.api<Record<string, unknown>[]>(`projects/${id("acme/shop/mirror")}/variables`);
    expect(variables.map(({ key, environment_scope, masked }) => [key, environment_scope, masked]).sort()).toEqual([
      ["GIT_INPUT_PASSWORD", "deploy", true],
      ["GIT_INPUT_URL", "deploy", false],
      ["GIT_INPUT_USER", "deploy", false],
      ["GIT_OUTPUT_PASSWORD", "*", true],
      ["GIT_OUTPUT_URL", "deploy", false],
      ["GIT_OUTPUT_USER", "*", false],
    ]);
  });

  it("synchronises everything on schedule", async () => {
    const project = `projects/${id("acme/shop/mirror")}/pipeline_schedules`;
    const [schedule] = await factory.api<{ id: number }[]>(project);
    expect(await factory.api(`${project}/${String(schedule?.id)}`)).toMatchObject({
      ref: "refs/heads/main",
      cron: "30 2 * * *",
      cron_timezone: "Europe/Paris",
      active: true,
    });
    const { variables } = await factory.api<{ variables: { key: string; value: string }[] }>(
      `${project}/${String(schedule?.id)}`,
    );
    expect(Object.fromEntries(variables.map(({ key, value }) => [key, value]))).toEqual({
      PROJECT_NAME: "deploy",
      SYNC_ALL: "true",
    });
  });

  it("gives Argo CD a token that reads, and tells it of pushes with the secret that both know", async () => {
    const { deployTokens, gitlab } = await outputs();
    const [token] = await factory.api<Record<string, unknown>[]>(`groups/${id("acme/shop")}/deploy_tokens`);
    expect(token).toMatchObject({ name: "argocd-dev", scopes: ["read_repository"] });
    expect(String(token?.["expires_at"]).slice(0, 10)).toBe(gitlab.tokens.expiresAt);
    const { username, password } = deployTokens["acme/shop"] ?? { username: "", password: "" };
    const refs = await fetch(`${gitlab.url}/acme/shop/mirror.git/info/refs?service=git-upload-pack`, {
      headers: { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` },
    });
    expect(refs.status).toBe(200);
    const [hook] = await factory.api<object[]>(`projects/${id("acme/shop/pages")}/hooks`);
    expect(hook).toMatchObject({
      url: "https://argocd.acme.example/api/webhook",
      push_events: true,
      tag_push_events: true,
      enable_ssl_verification: true,
    });
  });

  it("exports what teams need to start the mirror", async () => {
    const { gitlab } = await outputs();
    const shop = gitlab.projects["acme/shop"];
    expect(shop?.group).toBe("acme/shop");
    expect(shop?.repositories["api"]).toBe(`${factory.gitlab.url}/acme/shop/api.git`);
    expect(shop?.mirror.triggerUrl).toBe(
      `${factory.gitlab.url}/api/v4/projects/${String(shop?.mirror.projectId)}/trigger/pipeline`,
    );
    expect(shop?.triggerToken).not.toBe("");
  });

  it("keeps every secret out of the state and of what is printed", async () => {
    const { webhookSecret, deployTokens, gitlab } = await outputs();
    const all = [
      ...Object.values(SECRETS),
      factory.gitlab.rootToken,
      webhookSecret,
      gitlab.projects["acme/shop"]?.triggerToken ?? "",
      deployTokens["acme/shop"]?.password ?? "",
    ];
    expect(all.every((secret) => secret.length > 8)).toBe(true);
    const texts = { state: factory.stack.stateFile(), printed: first.stdout + first.stderr };
    for (const secret of all) {
      for (const [where, text] of Object.entries(texts)) {
        expect(text.includes(secret) ? `a secret is in clear in ${where}` : "").toBe("");
      }
    }
  });

  it("is well, says the doctor, who has not the stack's secrets but a token of the environment", async () => {
    const { url, rootToken } = factory.gitlab;
    expect(await doctorOnGitLab(factory)).toEqual([expect.stringMatching(/^note: .*secrets are not opened here$/)]);
    expect(await doctorOnGitLab(factory, rootToken)).toEqual([`ok: ${url} answers root`]);
  });

  it("changes nothing on GitLab with a second update, a preview or a refresh", async () => {
    for (const again of [() => factory.stack.preview(), () => factory.stack.refresh(), () => factory.stack.up()]) {
      const { run, requests } = await factory.writes(again);
      expect(run.stderr + (run.exitCode === 0 ? "" : run.stdout)).toBe("");
      expect(objectChanges(run)).toEqual([]);
      expect(requests).toEqual([]);
    }
  });
});
