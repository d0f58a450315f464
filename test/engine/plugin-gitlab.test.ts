import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GitLab, startGitLab } from "../../lab/gitlab/gitlab";
import { askGitLab } from "./support/gitlab-api";
import { gitLabProgram } from "./support/gitlab-program";
import { PulumiEngine } from "./support/pulumi-engine";
import type { PulumiProject } from "./support/pulumi-project";
import { changes, messages, succeeded } from "./support/pulumi-run";

const secret = "an agreed word of the hook";

/** The arguments of the program's resources, by name. */
const declared = {
  acme: { kind: "Group", args: { name: "acme", path: "acme", visibilityLevel: "private" } },
  shop: { kind: "Project", args: { name: "shop", namespaceId: "$acme.id", initializeWithReadme: true } },
  argocd: {
    kind: "ProjectHook",
    args: { project: "$shop.id", url: "http://127.0.0.1:9/api/webhook", token: secret, name: "argocd" },
  },
  mirror: { kind: "PipelineTrigger", args: { project: "$shop.id", description: "mirror" } },
  password: {
    kind: "ProjectVariable",
    args: { project: "$shop.id", key: "PASSWORD", value: "$secret:harbor-word-1", masked: true },
  },
  reader: { kind: "GroupDeployToken", args: { group: "$acme.id", name: "argocd", scopes: ["read_repository"] } },
  ci: {
    kind: "RepositoryFile",
    args: {
      ...{ project: "$shop.id", branch: "main", filePath: ".gitlab-ci.yml", content: "a: {script: 'true'}\n" },
      ...{ encoding: "text", commitMessage: "the pipeline" },
    },
  },
};

describe("the gitlab provider under the real engine", () => {
  let folder: string;
  let gitlab: GitLab;
  let engine: PulumiEngine;
  let project: PulumiProject;
  /** Another stack on the same GitLab. */
  let other: PulumiProject;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gitops-factory-gitlab-"));
    gitlab = await startGitLab({ folder });
    engine = await PulumiEngine.create();
    project = await start(declared);
  });

  afterAll(async () => {
    engine?.dispose();
    await gitlab?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const start = async (resources: Parameters<typeof gitLabProgram>[0]): Promise<PulumiProject> => {
    const started = await engine.project({ program: gitLabProgram(resources) });
    await started.config("gitlab:baseUrl", `${gitlab.url}/api/v4/`);
    await started.config("gitlab:token", gitlab.rootToken, "--secret");
    return started;
  };

  it("foresees everything without touching GitLab", async () => {
    const preview = await succeeded(project.preview());
    expect(changes(preview)).toEqual(expect.arrayContaining(Object.keys(declared).map((name) => `create ${name}`)));
    expect((await askGitLab(gitlab, "GET", "groups/acme")).status).toBe(404);
  });

  it("makes it, and changes nothing the second time", async () => {
    await succeeded(project.up());
    const group = (await (await askGitLab(gitlab, "GET", "groups/acme")).json()) as { id: number };
    expect((await project.resource("acme")).id).toBe(String(group.id));
    expect(await project.resource("shop")).toMatchObject({ outputs: { pathWithNamespace: "acme/shop" } });
    const again = await succeeded(project.up());
    expect(changes(again)).toEqual([]);
    expect(changes(await succeeded(project.drift()))).toEqual([]);
  });

  it("keeps every secret out of the state", async () => {
    const state = project.stateFile();
    const outputs = await project.outputs();
    const tokens = [outputs["mirror"], outputs["reader"]].map((value) => (value as { token: string }).token);
    expect(tokens).toEqual([expect.stringMatching(/^glptt-/), expect.stringMatching(/^gldt-/)]);
    for (const text of [...tokens, secret, "harbor-word-1", gitlab.rootToken]) expect(state).not.toContain(text);
  });

  it("changes in place what can be, and replaces what cannot", async () => {
    const changed = structuredClone(declared);
    Object.assign(changed.acme.args, { description: "ACME" });
    Object.assign(changed.ci.args, { content: "b: {script: 'true'}\n" });
    Object.assign(changed.reader.args, { scopes: ["read_repository", "read_registry"] });
    project.program(gitLabProgram(changed));
    const up = await succeeded(project.up());
    expect(changes(up).sort()).toEqual(
      ["update acme", "update ci", "create-replacement reader", "replace reader", "delete-replaced reader"].sort(),
    );
    expect(changes(await succeeded(project.up()))).toEqual([]);
  });

  it("finds out by a refresh what was deleted or changed by hand, and puts it right", async () => {
    const shop = encodeURIComponent("acme/shop");
    const trigger = ((await project.resource("mirror")).id ?? "").split(":")[1] ?? "";
    await askGitLab(gitlab, "DELETE", `projects/${shop}/triggers/${trigger}`);
    await askGitLab(gitlab, "PUT", `projects/${shop}/variables/PASSWORD`, { value: "some-other-word" });
    const refresh = await succeeded(project.refresh());
    expect(changes(refresh).sort()).toEqual(["delete mirror", "update password"]);
    expect(changes(await succeeded(project.up())).sort()).toEqual(["create mirror", "update password"]);
    expect(project.stateFile()).not.toContain("some-other-word");
  });

  it("imports by the id that the official provider documents", async () => {
    await askGitLab(gitlab, "POST", "groups", { name: "grown", path: "grown" });
    const { id } = (await (await askGitLab(gitlab, "GET", "groups/grown")).json()) as { id: number };
    other = await start({ grown: { kind: "Group", args: { name: "grown", path: "grown" } } });
    await succeeded(other.import("gitlab:index/group:Group", "grown", String(id)));
    expect(changes(await succeeded(other.up()))).toEqual([]);
    await succeeded(other.destroy());
  });

  it("says which path is taken", async () => {
    other.program(gitLabProgram({ again: { kind: "Group", args: { name: "acme", path: "acme" } } }));
    const up = await other.up();
    expect(up.exitCode).not.toBe(0);
    expect(messages(up, "error")).toMatch(/POST http:\/\/127[^ ]*\/api\/v4\/groups: 400 .*has already been taken/);
  });

  it("says that a token is not accepted, and never which", async () => {
    other.program(gitLabProgram({ again: { kind: "Group", args: { name: "b", path: "b" } } }));
    await other.config("gitlab:token", "glpat-not-a-token", "--secret");
    const up = await other.up();
    expect(up.exitCode).not.toBe(0);
    expect(up.stdout + up.stderr).toContain("GitLab does not accept the provider's configuration");
    expect(up.stdout + up.stderr).toContain("401 Unauthorized");
    expect(up.stdout + up.stderr).not.toContain("glpat-not-a-token");
  });

  it("deletes all of it; GitLab keeps what it marked for deletion, and a refresh does not bring it back", async () => {
    await succeeded(project.destroy());
    expect(await project.resources()).toEqual([]);
    const groups = (await (await askGitLab(gitlab, "GET", "groups")).json()) as { marked_for_deletion_on?: string }[];
    expect(groups.every(({ marked_for_deletion_on: marked }) => typeof marked === "string")).toBe(true);
  });
});
