import { describe, expect, it } from "vitest";
import { declareGitLab } from "../../../../components/gitlab/declare-gitlab";
import type { GitLab } from "../../../../model/gitlab";
import { declared, named } from "../declared";
import type { Declared } from "../declared";
import { COPY, gitlab, gitlabProject, gitlabRepository } from "./gitlab-model";

function stand(changes: Partial<GitLab> = {}, protect = false): Promise<Declared[]> {
  return declared(() =>
    declareGitLab("gitlab", { gitlab: gitlab(changes), environment: "dev", mirrorFiles: [], protect }),
  );
}

/** What is on GitLab, by type and name. */
function names(resources: readonly Declared[]): string[] {
  return resources.filter(({ type }) => type.startsWith("gitlab:")).map(({ name }) => name);
}

describe("the provider of GitLab", () => {
  it("has the API's address and the token, a secret", async () => {
    const provider = named(await stand(), "gitlab-api");
    expect(provider.inputs).toEqual({ baseUrl: "https://gitlab.example/api/v4/", token: "[secret]" });
    expect(provider.revealed["token"]).toBe("token of the platform");
  });

  it("trusts a private CA by its file", async () => {
    const certificateAuthority = { path: "ca/gitlab.pem", pem: "PEM" };
    expect(named(await stand({ certificateAuthority }), "gitlab-api").inputs["cacertFile"]).toBe("ca/gitlab.pem");
  });

  it("is that of all that is on GitLab", async () => {
    const resources = (await stand()).filter(({ type }) => type.startsWith("gitlab:"));
    expect(resources.map(({ provider }) => provider)).toEqual(resources.map(() => "gitlab-api"));
  });
});

describe("the groups", () => {
  it("are one for the organisation and one in it for the project", async () => {
    const resources = await stand({ projects: [gitlabProject({ description: "A shop" })] });
    expect(named(resources, "gitlab-acme-group").inputs).toEqual({
      name: "acme",
      path: "acme",
      visibilityLevel: "private",
      projectCreationLevel: "maintainer",
      subgroupCreationLevel: "owner",
    });
    const group = named(resources, "gitlab-acme/shop-group");
    expect(group.inputs).toMatchObject({ name: "shop", path: "shop", description: "A shop" });
    expect(group.dependsOn).toEqual(["gitlab-acme-group"]);
    expect(typeof group.inputs["parentId"]).toBe("number");
  });

  it("lie below the parent group", async () => {
    const changes = {
      parentGroup: { path: "platform", id: 7 },
      organisations: [{ name: "acme", path: "platform/acme", adopt: false }],
    };
    expect(named(await stand(changes), "gitlab-acme-group").inputs).toMatchObject({ path: "acme", parentId: 7 });
  });

  it("go for good where that is wanted, but at the top level, where GitLab does not do that", async () => {
    const resources = await stand({ permanently: true });
    expect(named(resources, "gitlab-acme-group").inputs).not.toHaveProperty("permanentlyRemoveOnDelete");
    expect(named(resources, "gitlab-acme/shop-group").inputs["permanentlyRemoveOnDelete"]).toBe(true);
    expect(named(resources, "gitlab-acme/shop/deploy-project").inputs["permanentlyDeleteOnDestroy"]).toBe(true);
  });

  it("have members by number, and attributes", async () => {
    const project = gitlabProject({
      members: [{ user: "alice", id: 42, accessLevel: "maintainer" }],
      attributes: { "cost-centre": "4711" },
    });
    const resources = await stand({ projects: [project] });
    expect(named(resources, "gitlab-acme/shop-member-alice").inputs).toMatchObject({
      userId: 42,
      accessLevel: "maintainer",
    });
    expect(named(resources, "gitlab-acme/shop-attribute-cost-centre").inputs).toMatchObject({
      key: "cost-centre",
      value: "4711",
    });
  });

  it("are protected with their repositories, and then nothing in them is taken for deleted with them", async () => {
    const open = await stand();
    expect(named(open, "gitlab-acme/shop/deploy-protection").deletedWith).toBe("gitlab-acme/shop/deploy-project");
    const resources = await stand({}, true);
    const kept = resources.filter(({ protect }) => protect).map(({ name }) => name);
    expect(kept).toEqual(["gitlab-acme-group", "gitlab-acme/shop-group", "gitlab-acme/shop/deploy-project"]);
    expect(resources.every(({ deletedWith }) => deletedWith === "")).toBe(true);
  });
});

describe("Argo CD's token", () => {
  it("reads the repositories of one project's group, for one environment, until its day", async () => {
    const token = named(await stand(), "gitlab-acme/shop-argocd");
    expect(token.inputs).toMatchObject({
      name: "argocd-dev",
      scopes: ["read_repository"],
      expiresAt: "2027-11-13T00:00:00.000Z",
    });
    expect(token.dependsOn).toEqual(["gitlab-acme/shop-group"]);
    expect(token.secretOutputs).toContain("token");
  });

  it("is all that there is where another stack is the owner, by the group's path", async () => {
    const resources = await stand({ owner: false, organisations: [] });
    expect(names(resources)).toEqual(["gitlab-acme/shop-argocd"]);
    expect(named(resources, "gitlab-acme/shop-argocd").inputs["group"]).toBe("acme/shop");
  });

  it("is missing where Argo CD deploys nothing: of another environment, or of app repositories alone", async () => {
    const elsewhere = gitlabProject({ deployed: false });
    expect(names(await stand({ projects: [elsewhere] }))).not.toContain("gitlab-acme/shop-argocd");
    const apps = gitlabProject({ repositories: [gitlabRepository({ kind: "app" })] });
    expect(names(await stand({ projects: [apps] }))).not.toContain("gitlab-acme/shop-argocd");
  });
});

describe("no secret", () => {
  it("stands in clear in any input", async () => {
    const mirror = { path: "acme/shop/mirror", adopt: false };
    const all = JSON.stringify(
      (await stand({ projects: [gitlabProject({ repositories: [COPY], mirror })] })).map(({ inputs }) => inputs),
    );
    for (const secret of ["token of", "password of"]) expect(all).not.toContain(secret);
  });
});
