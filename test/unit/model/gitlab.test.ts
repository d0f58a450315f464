import { describe, expect, it } from "vitest";
import { load, SHOP } from "./workspace";
import { gitlabOf, gitlabStack, hosted } from "./gitlab-support";

describe("the platform's GitLab", () => {
  it("is absent where the stack's config says nothing of it", () => {
    expect(load().platform).not.toHaveProperty("gitlab");
  });

  it("has private groups, owners' tokens of a year and no path of its own unless told otherwise", () => {
    const { organisations, projects, token, ...settings } = gitlabOf({ ...gitlabStack(), ...hosted() });
    expect(settings).toEqual({
      url: "https://gitlab.acme.example",
      owner: true,
      visibility: "private",
      webhook: { url: "https://argocd.acme.example/api/webhook", verifyTls: true },
      permanently: false,
      mirrorTokens: { validDays: 365, rotateBeforeDays: 30 },
      argocdTokens: { expiresAt: "2027-11-13", renewFrom: "2027-10-14" },
    });
    expect(organisations).toEqual([{ name: "acme", path: "acme", adopt: false }]);
    expect(projects).toHaveLength(1);
    expect(String(token)).toBe("[secret]");
  });

  it("hosts an infra repository that has no URL, in its project's group", () => {
    const [project] = gitlabOf({ ...gitlabStack(), ...hosted() }).projects;
    expect(project).toEqual({
      file: "catalog/acme/shop.yaml",
      organisation: "acme",
      name: "shop",
      group: { name: "shop", path: "acme/shop", adopt: false },
      deployed: true,
      members: [],
      attributes: {},
      repositories: [
        {
          name: "deploy",
          path: "acme/shop/deploy",
          url: "https://gitlab.acme.example/acme/shop/deploy.git",
          kind: "infra",
          adopt: false,
          protection: { branch: "main", push: "maintainer", merge: "maintainer", allowForcePush: false },
          variables: [],
        },
      ],
    });
  });

  it("has Argo CD read such a repository at that URL, by a deploy token", () => {
    const [project] = load({ ...gitlabStack(), ...hosted() }).platform.projects;
    expect(project?.repositories[0]).toMatchObject({
      sources: [{ url: "https://gitlab.acme.example/acme/shop/deploy.git" }],
      credentials: { kind: "deployToken" },
    });
  });

  it("leaves projects alone whose repositories are elsewhere", () => {
    expect(gitlabOf({ ...gitlabStack(), "catalog/acme/shop.yaml": SHOP })).toMatchObject({
      organisations: [],
      projects: [],
    });
  });

  it("puts the organisations' groups below the parent group, in URLs too", () => {
    const gitlab = { url: "https://git.example/gitlab/", parentGroup: { path: "platform/teams", id: 7 } };
    const { organisations, projects, parentGroup } = gitlabOf({ ...gitlabStack(gitlab), ...hosted() });
    expect(parentGroup).toEqual({ path: "platform/teams", id: 7 });
    expect(organisations[0]?.path).toBe("platform/teams/acme");
    expect(projects[0]?.repositories[0]?.url).toBe("https://git.example/gitlab/platform/teams/acme/shop/deploy.git");
  });

  it("declares all projects of the catalogue where it is the owner, and those of the environment elsewhere", () => {
    const files = { ...hosted(), "catalog/acme/pay.yaml": hostedPay };
    const owner = gitlabOf({ ...gitlabStack(), ...files });
    expect(owner.projects.map(({ name, deployed }) => [name, deployed])).toEqual([
      ["pay", false],
      ["shop", true],
    ]);
    const other = gitlabOf({ ...gitlabStack({ owner: false }), ...files });
    expect(other.projects.map(({ name }) => name)).toEqual(["shop"]);
    expect(other.organisations).toEqual([]);
  });

  it("adopts what a pattern names, and nothing else", () => {
    const adopted = (adopt: string[]): (string | undefined)[] => {
      const { organisations, projects } = gitlabOf({ ...gitlabStack({ adopt }), ...hosted() });
      const all = [...organisations, ...projects.flatMap(({ group, repositories }) => [group, ...repositories])];
      return all.filter((one) => one.adopt).map(({ path }) => path);
    };
    expect(adopted(["acme/shop"])).toEqual(["acme/shop"]);
    expect(adopted(["acme/shop/**"])).toEqual(["acme/shop", "acme/shop/deploy"]);
    expect(adopted(["**"])).toEqual(["acme", "acme/shop", "acme/shop/deploy"]);
    expect(adopted([])).toEqual([]);
  });

  it("sends no hook where the config switches it off, or elsewhere where it says so", () => {
    expect(gitlabOf({ ...gitlabStack({ webhook: { enabled: false } }), ...hosted() })).not.toHaveProperty("webhook");
    const webhook = { url: "https://hooks.example/argocd", verifyTls: false };
    expect(gitlabOf({ ...gitlabStack({ webhook }), ...hosted() }).webhook).toEqual(webhook);
  });

  it("has Argo CD trust the CA that the platform trusts, but for what it is told of the host", () => {
    const pem = "-----BEGIN CERTIFICATE-----\nQQ==\n-----END CERTIFICATE-----\n";
    const files = { ...gitlabStack({ certificateAuthority: "ca/gitlab.pem" }), ...hosted(), "ca/gitlab.pem": pem };
    const { argocd, gitlab } = load(files).platform;
    expect(gitlab?.certificateAuthority).toEqual({ path: "ca/gitlab.pem", pem });
    expect(gitlab?.certificate).toBe(pem);
    expect(argocd.tlsCertificates).toEqual({ "gitlab.acme.example": pem });
    const own = pem.replace("QQ==", "Qg==");
    const told = { url: "https://a.example", tlsCertificates: { "gitlab.acme.example": own } };
    const config = gitlabStack({ certificateAuthority: "ca/gitlab.pem" }, { "gitops-factory:argocd": told });
    expect(load({ ...files, ...config }).platform.argocd.tlsCertificates).toEqual({ "gitlab.acme.example": own });
  });

  it("warns where tokens go over plain http", () => {
    const { warnings } = load({ ...gitlabStack({ url: "http://gitlab.acme.example" }), ...hosted() });
    expect(warnings.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      "gitlab.url: GitLab's tokens go over the network unencrypted",
    ]);
  });
});

const hostedPay = `organisation: acme
name: pay
environments: [staging]
repositories:
  - name: deploy
    kind: kustomize
`;
