import { describe, expect, it } from "vitest";
import { judgeGitLab } from "../../../../delivery/doctor/gitlab";
import type { GitLabFacts, GroupFacts } from "../../../../delivery/doctor/gitlab-facts";
import type { GitLab } from "../../../../model/gitlab";
import { gitlab, gitlabProject } from "../../components/gitlab/gitlab-model";

const TOKEN = { scopes: ["api"], expires_at: "2027-11-01" };
const USER = { id: 7, username: "platform", can_create_group: true };

function group(path: string, changes: Partial<GroupFacts> = {}): GroupFacts {
  return { path, group: { id: 3, full_path: path }, role: 50, deployTokens: [], repositories: [], ...changes };
}

function absent(path: string): GroupFacts {
  return { path, group: "absent", role: 0, deployTokens: "absent", repositories: [] };
}

/** Severity and text of each finding; all but those that are well have a fix. */
function judge(facts: Partial<GitLabFacts>, changes: Partial<GitLab> = {}): string[] {
  const found = judgeGitLab(
    { token: TOKEN, user: USER, groups: [absent("acme"), absent("acme/shop")], ...facts },
    gitlab(changes),
    { stack: "prod", now: new Date("2026-11-21T12:00:00Z") },
  );
  expect(found.filter(({ severity, fix }) => (severity === "ok") !== (fix === undefined))).toEqual([]);
  return found.map(({ severity, message }) => `${severity}: ${message}`);
}

const WELL = ["ok: https://gitlab.example answers platform, with a token until 2027-11-01"];

describe("the platform's GitLab", () => {
  it("is well where nothing is there yet, and where what is there is this stack's own", () => {
    expect(judge({})).toEqual(WELL);
    expect(judge({ groups: [group("acme"), group("acme/shop", { deployTokens: ["argocd-prod"] })] })).toEqual(WELL);
  });

  it("is told of as not looked into, where no token was given", () => {
    expect(judge({ token: "not given" })).toEqual([expect.stringMatching(/^note: .* secrets are not opened here$/)]);
  });

  it("is an error where it does not answer, or does not know the token", () => {
    expect(judge({ closed: { message: "it is away", fix: "wait" } })).toEqual([
      "error: https://gitlab.example: it is away",
    ]);
    expect(judge({ token: "not known" })).toEqual([expect.stringContaining("wrong, revoked or expired")]);
  });

  it("needs the scope api, of a token that does not end soon", () => {
    expect(judge({ token: { scopes: ["read_api", "read_user"], expires_at: "2026-12-01" }, groups: [] })).toEqual([
      "error: the token in GITLAB_TOKEN has not the scope api, but read_api, read_user",
      "warning: the token in GITLAB_TOKEN expires on 2026-12-01, in 10 days",
    ]);
    expect(judge({ token: { scopes: ["api"], expires_at: null } })).toEqual([
      "ok: https://gitlab.example answers platform",
    ]);
  });

  it("lets only some make groups of the top level, where one is missing", () => {
    const user = { ...USER, can_create_group: false };
    expect(judge({ user })).toEqual([
      "error: platform may not create the groups of the top level that are missing: acme",
    ]);
    expect(judge({ user: { ...user, is_admin: true } })).toEqual(WELL);
    expect(judge({ user, groups: [group("acme"), group("acme/shop", { deployTokens: ["argocd-dev"] })] })).toEqual(
      WELL,
    );
  });

  it("lets only owners make tokens in a group, and only administrators set attributes", () => {
    const groups = [group("acme"), group("acme/shop", { role: 40, deployTokens: ["argocd-dev"] })];
    expect(judge({ groups }, { projects: [gitlabProject({ attributes: { cost: "7" } })] })).toEqual([
      "error: platform may not set custom attributes (catalog/acme/shop.yaml: gitlab.attributes): only administrators may",
      "error: platform is no owner of the group acme/shop, and so may not make groups and tokens in it",
    ]);
  });

  it("says which paths are taken, unless they are adopted", () => {
    const groups = [group("acme"), group("acme/shop", { repositories: ["acme/shop/deploy", "acme/shop/other"] })];
    expect(judge({ groups })).toEqual([
      expect.stringContaining("warning: GitLab has acme already"),
      expect.stringContaining("warning: GitLab has acme/shop, acme/shop/deploy already"),
    ]);
    const organisations = [{ name: "acme", path: "acme", adopt: true }];
    const projects = [gitlabProject({ group: { name: "shop", path: "acme/shop", adopt: true } })];
    expect(judge({ groups }, { organisations, projects })).toEqual([
      expect.stringContaining("warning: GitLab has acme/shop/deploy already"),
    ]);
  });

  it("keeps the path of what is marked for deletion", () => {
    const marked = { id: 3, full_path: "acme", marked_for_deletion_on: "2026-11-20" };
    expect(judge({ groups: [group("acme", { group: marked }), absent("acme/shop")] })).toEqual([
      "error: the group acme was marked for deletion on 2026-11-20, and keeps its path until it is gone",
    ]);
  });

  it("has the parent group where the config says", () => {
    const parentGroup = { path: "platform", id: 9 };
    const elsewhere = group("platform", { group: { id: 9, full_path: "other" } });
    expect(judge({ parent: elsewhere }, { parentGroup })).toEqual([
      "error: the group 9 of gitops-factory:gitlab.parentGroup is other, and not platform",
    ]);
    expect(judge({ parent: absent("platform") }, { parentGroup })[0]).toContain("there is no group with the id 9");
    expect(judge({ parent: group("platform") }, { parentGroup })).toEqual(WELL);
  });

  it("has the owner's groups before another stack adds to them", () => {
    expect(judge({ groups: [absent("acme/shop")] }, { owner: false, organisations: [] })).toEqual([
      expect.stringContaining("error: there is no group acme/shop, or the token may not see it"),
    ]);
    expect(judge({ groups: [group("acme/shop")] }, { owner: false, organisations: [] })).toEqual(WELL);
  });

  it("refuses hooks to the local network by default", () => {
    const hookTo = (url: string): string[] => judge({}, { webhook: { url, verifyTls: true } }).slice(1);
    expect(hookTo("https://argocd.example/api/webhook")).toEqual([]);
    for (const host of ["localhost", "127.0.0.1", "192.168.1.7", "[::1]"]) {
      expect(hookTo(`https://${host}/api/webhook`)).toEqual([
        expect.stringContaining("an address of the local network"),
      ]);
    }
  });
});
