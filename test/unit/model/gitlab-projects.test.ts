import { describe, expect, it } from "vitest";
import { gitlabOf, gitlabStack, hosted } from "./gitlab-support";

const COPY = `    mirrorOf: { url: https://git.acme.example/shop/deploy.git, credentials: external }
appRepositories:
  - name: Shop_API.v2
    mirrorOf: { url: https://git.acme.example/shop/api.git }
    branch: develop
    variables:
      GREETING: hello
      HARBOR: { secret: harbor }
      KEY: { secret: harbor, file: true, protected: false }
  - name: tools
`;

function projectOf(lines: string, gitlab: Record<string, unknown> = {}) {
  const [project] = gitlabOf({ ...gitlabStack(gitlab), ...hosted(lines) }).projects;
  if (project === undefined) throw new Error("no project is on GitLab");
  return project;
}

describe("a project on GitLab", () => {
  it("has copies of external repositories, which only the mirror writes to", () => {
    const [deploy, api, tools] = projectOf(COPY).repositories;
    expect(deploy).toMatchObject({
      kind: "infra",
      source: { url: "https://git.acme.example/shop/deploy.git", login: { username: "reader" } },
      ciFile: ".gitlab-ci-dso.yml",
      protection: { branch: "main", push: "maintainer", merge: "no one", allowForcePush: true },
    });
    expect(deploy?.source?.login?.password.reveal()).toBe("a-long-secret");
    expect(api).toMatchObject({
      kind: "app",
      path: "acme/shop/Shop_API.v2",
      source: { url: "https://git.acme.example/shop/api.git" },
      ciFile: ".gitlab-ci-dso.yml",
      protection: { branch: "develop" },
    });
    expect(api?.source).not.toHaveProperty("login");
    expect(tools).not.toHaveProperty("source");
    expect(tools).not.toHaveProperty("ciFile");
  });

  it("is copied by whoever trusts what Argo CD is told of the source's host", () => {
    const certificate = "-----BEGIN CERTIFICATE-----\nQQ==\n-----END CERTIFICATE-----\n";
    const tlsCertificates = { "git.acme.example": certificate, "gitlab.acme.example": certificate };
    const config = { "gitops-factory:argocd": { url: "https://argocd.acme.example", tlsCertificates } };
    const gitlab = gitlabOf({ ...gitlabStack({}, config), ...hosted(COPY) });
    expect(gitlab.projects[0]?.repositories[1]?.source).toEqual({
      url: "https://git.acme.example/shop/api.git",
      certificate,
    });
    expect(gitlab.certificate).toBe(certificate);
    expect(gitlab).not.toHaveProperty("certificateAuthority");
  });

  it("has CI/CD variables, those with a secret masked and protected, but for files", () => {
    const variables = projectOf(COPY).repositories[1]?.variables.map(({ value, ...variable }) => ({
      ...variable,
      value: String(value),
    }));
    expect(variables).toEqual([
      { key: "GREETING", value: "hello", masked: false, protected: false, file: false },
      { key: "HARBOR", value: "[secret]", masked: true, protected: true, file: false },
      { key: "KEY", value: "[secret]", masked: false, protected: false, file: true },
    ]);
  });

  it("has a mirror where there is something to copy, as the platform and the project want it", () => {
    const mirror = { image: "registry.acme.example/git:2", runnerTag: "ci", schedule: "0 3 * * *" };
    expect(projectOf(COPY, { mirror }).mirror).toEqual({
      path: "acme/shop/mirror",
      adopt: false,
      image: "registry.acme.example/git:2",
      runnerTag: "ci",
      schedule: { cron: "0 3 * * *", timeZone: "UTC" },
    });
    expect(projectOf(COPY).mirror).toEqual({ path: "acme/shop/mirror", adopt: false });
    expect(projectOf("")).not.toHaveProperty("mirror");
    expect(projectOf(`${COPY}gitlab: { mirror: false }\n`)).not.toHaveProperty("mirror");
    expect(projectOf(COPY, { mirror: { enabled: false } })).not.toHaveProperty("mirror");
  });

  it("has members by the ids that the platform knows, attributes, and protection as it likes", () => {
    const lines = `gitlab:
  members: { alice: maintainer }
  attributes: { cost-centre: "4711" }
  branchProtection: { merge: developer }
`;
    const { members, attributes, repositories } = projectOf(lines, { users: { alice: 42, bob: 43 } });
    expect(members).toEqual([{ user: "alice", id: 42, accessLevel: "maintainer" }]);
    expect(attributes).toEqual({ "cost-centre": "4711" });
    expect(repositories[0]?.protection).toMatchObject({ push: "maintainer", merge: "developer" });
  });

  it("needs no secret and no member's id of the mirror where another stack is the owner", () => {
    const config = gitlabStack({ owner: false }, { "gitops-factory:secrets": { api: { value: { secure: "v1:x" } } } });
    const [project] = gitlabOf({ ...config, ...hosted(`${COPY}gitlab: { members: { carol: guest } }\n`) }).projects;
    expect(project?.members).toEqual([]);
    expect(project?.repositories.map(({ source, variables }) => [source, variables])).toEqual([
      [{ url: "https://git.acme.example/shop/deploy.git" }, []],
      [{ url: "https://git.acme.example/shop/api.git" }, []],
      [undefined, []],
    ]);
  });
});
