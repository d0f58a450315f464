import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doctorOnGitLab } from "./support/doctor-on-gitlab";
import { GitLabFactory, id } from "./support/gitlab-factory";
import { objectChanges, succeeded } from "./support/pulumi-run";
import { refusal } from "./support/refusal";

let factory: GitLabFactory;

// One stack, of which GitLab refuses all until the parent group is right.
beforeAll(async () => {
  factory = await GitLabFactory.start();
});

afterAll(async () => {
  await factory.dispose();
});

/** A group of somebody else's in another, with another visibility than ours would have. */
async function foreignGroup(parent: number): Promise<number> {
  const { id: group } = await factory.api<{ id: number }>("groups", "POST", {
    name: "Blue",
    path: "blue",
    parent_id: parent,
    visibility: "private",
    description: "made by hand",
  });
  return group;
}

describe("what GitLab refuses", () => {
  it("is a token that it does not know, before anything is made", async () => {
    await factory.secret("api.value", "glpat-nobodys-token-at-all");
    const { run, requests } = await factory.writes(() => factory.stack.up());
    expect(run.exitCode).not.toBe(0);
    expect(run.stdout).toMatch(/401/);
    expect(run.stdout + run.stderr).not.toContain("glpat-nobodys");
    expect(await doctorOnGitLab(factory, "glpat-nobodys-token-at-all")).toEqual([
      expect.stringContaining("does not take the token in GITLAB_TOKEN: it is wrong, revoked or expired"),
    ]);
    expect(requests).toEqual([]);
  });

  it("is a token that may only read", async () => {
    const { token } = await factory.api<{ token: string }>("users/1/personal_access_tokens", "POST", {
      name: "reader",
      scopes: ["read_api"],
      expires_at: new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10),
    });
    await factory.secret("api.value", token);
    const run = await factory.stack.up();
    expect(run.exitCode).not.toBe(0);
    expect(run.stdout).toContain("insufficient_scope");
    expect(run.stdout + run.stderr).not.toContain(token);
    expect(await doctorOnGitLab(factory, token)).toEqual([
      "error: the token in GITLAB_TOKEN has not the scope api, but read_api",
      expect.stringMatching(/^warning: the token in GITLAB_TOKEN expires on /),
    ]);
    expect((await factory.ask("groups/acme")).status).toBe(404);
    await factory.secret("api.value", factory.gitlab.rootToken);
  });

  it("is a name that it keeps for itself, which the program says before GitLab is asked", async () => {
    factory.program.replace("catalog/acme/shop.yaml", "organisation: acme", "organisation: explore");
    factory.program.write("catalog/explore/shop.yaml", factory.program.read("catalog/acme/shop.yaml"));
    factory.program.remove("catalog/acme");
    const { run, requests } = await factory.writes(() => factory.stack.preview());
    expect(refusal(run)).toContain(
      "catalog/explore/shop.yaml:1:1: organisation: the organisation's name is kept by GitLab for a page of its own",
    );
    expect(requests).toEqual([]);
    factory.program.write("catalog/acme/shop.yaml", factory.program.read("catalog/explore/shop.yaml"));
    factory.program.replace("catalog/acme/shop.yaml", "organisation: explore", "organisation: acme");
    factory.program.remove("catalog/explore");
  });

  it("is a parent group whose path and id are not of the same group, before anything lies in it", async () => {
    const { id: parent } = await factory.api<{ id: number }>("groups", "POST", { name: "platform", path: "platform" });
    factory.program.config(["gitlab", "parentGroup"], { path: "other", id: parent });
    expect(await doctorOnGitLab(factory, factory.gitlab.rootToken)).toEqual([
      `error: the group ${String(parent)} of gitops-factory:gitlab.parentGroup is platform, and not other`,
    ]);
    const run = await factory.stack.up();
    expect(run.exitCode).not.toBe(0);
    expect(run.stdout).toContain("gitlab.parentGroup: the group is not where its URL says");
    factory.program.config(["gitlab", "parentGroup"], { path: "platform", id: parent });
    await succeeded(factory.stack.up());
    expect((await factory.ask(`projects/${id("platform/acme/shop/deploy")}`)).status).toBe(200);
  });

  it("is a group whose path is taken, which is then taken over as it is, and changed when told", async () => {
    const { id: parent } = await factory.api<{ id: number }>("groups/platform");
    const group = await foreignGroup(parent);
    factory.program.write(
      "catalog/blue/site.yaml",
      "organisation: blue\nname: site\nenvironments: [dev]\nrepositories:\n  - name: pages\n    kind: manifests\n",
    );
    expect(await doctorOnGitLab(factory, factory.gitlab.rootToken)).toEqual([
      expect.stringMatching(/^warning: GitLab has platform\/blue already: unless this stack has made it, /),
    ]);
    const refused = await factory.stack.up();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout).toContain("gitlab-blue-group");
    expect(refused.stdout).toContain("has already been taken");

    factory.program.config(["gitlab", "adopt"], ["platform/blue"]);
    const adopted = await succeeded(factory.stack.up());
    expect(objectChanges(adopted)).toContain("import gitlab-blue-group");
    const path = `groups/${id("platform/blue")}`;
    expect(await factory.api(path)).toMatchObject({ id: group, name: "Blue" });
    const { run, requests } = await factory.writes(() => succeeded(factory.stack.up()));
    expect([objectChanges(run), requests]).toEqual([[], []]);

    factory.program.config(["gitlab", "adopt"], undefined);
    expect(objectChanges(await succeeded(factory.stack.up()))).toEqual(["update gitlab-blue-group"]);
    expect(await factory.api(path)).toMatchObject({ id: group, name: "blue" });
  });
});
