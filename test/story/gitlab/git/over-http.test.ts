import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueToken } from "../../../../lab/gitlab/auth/issue-token";
import { digestOf } from "../../../../lab/gitlab/auth/token-text";
import type { Push } from "../../../../lab/gitlab/events";
import { Double } from "../../../unit/lab/gitlab/support/double";

const run = promisify(execFile);

describe("Git over HTTP", () => {
  let double: Double;
  let project: number;
  const pushes: Push[] = [];

  beforeAll(async () => {
    double = await Double.start();
    double.gitlab.context.events.on("push", (push) => pushes.push(push));
    project = (await double.make<{ id: number }>("POST", "/projects", { name: "shop", initialize_with_readme: true }))
      .id;
  });

  afterAll(() => double.stop());

  const urlFor = (token: string, path = "root/shop.git"): string =>
    `${double.gitlab.url.replace("//", `//anyone:${token}@`)}/${path}`;

  /** What git says when it fails, without the address that has the token. */
  async function git(folder: string, ...args: string[]): Promise<string> {
    const env = { PATH: process.env["PATH"], HOME: double.gitlab.folder, GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
    const author = ["-c", "user.name=Anna", "-c", "user.email=anna@acme.example"];
    const result = await run("git", ["-C", folder, ...author, ...args], { env }).catch((error: unknown) => ({
      stdout: undefined,
      stderr: (error as { stderr: string }).stderr,
    }));
    if (result.stdout === undefined) throw new Error(result.stderr.replace(/\/\/[^@\s]*@/g, "//"));
    return result.stdout.trim();
  }

  async function clone(name: string, token: string): Promise<string> {
    const folder = join(double.gitlab.folder, "clones", name);
    mkdirSync(folder, { recursive: true });
    await git(folder, "clone", "--quiet", urlFor(token), ".");
    return folder;
  }

  async function commit(folder: string, text: string): Promise<void> {
    writeFileSync(join(folder, "file.txt"), text);
    await git(folder, "add", ".");
    await git(folder, "commit", "--quiet", "--message", text);
  }

  function tokenOf(user_id: number, scope: string): string {
    return issueToken(double.gitlab.context, { kind: "personal", user_id, name: scope, scopes: [scope] }).text;
  }

  async function developer(name: string): Promise<string> {
    const account = { name, username: name, email: `${name}@acme.example`, force_random_password: true };
    const { id } = await double.make<{ id: number }>("POST", "/users", account);
    await double.make("POST", `/projects/${String(project)}/members`, { user_id: id, access_level: 30 });
    return tokenOf(id, "write_repository");
  }

  it("gives the first commit to whoever clones, and tells of a push with its options", async () => {
    const folder = await clone("root", double.gitlab.rootToken);
    const before = await git(folder, "rev-parse", "HEAD");
    await commit(folder, "one");
    pushes.length = 0;
    await git(folder, "push", "--quiet", "--push-option=ci.skip", "origin", "main");
    const after = await git(folder, "rev-parse", "HEAD");
    expect(pushes).toEqual([
      { project_id: project, user_id: 1, before, after, ref: "refs/heads/main", push_options: ["ci.skip"] },
    ]);
  });

  it("keeps developers from the protected default branch, in GitLab's words", async () => {
    const folder = await clone("anna", await developer("anna"));
    await commit(folder, "anna's");
    const refused = "remote: GitLab: You are not allowed to push code to protected branches on this project.";
    await expect(git(folder, "push", "origin", "main")).rejects.toThrow(refused);
    await expect(git(folder, "push", "origin", ":main")).rejects.toThrow("cannot be deleted");
    await git(folder, "push", "--quiet", "origin", "HEAD:refs/heads/topic");
    await git(folder, "push", "--quiet", "origin", ":refs/heads/topic");
  });

  it("lets nobody force a protected branch, maintainers neither", async () => {
    const folder = await clone("force", double.gitlab.rootToken);
    await commit(folder, "other");
    await git(folder, "commit", "--quiet", "--amend", "--allow-empty", "--message", "amended");
    await git(folder, "reset", "--quiet", "--hard", "HEAD~1");
    await git(folder, "commit", "--quiet", "--amend", "--allow-empty", "--message", "rewritten");
    await expect(git(folder, "push", "--force", "origin", "main")).rejects.toThrow(
      "GitLab: You are not allowed to force push code to a protected branch on this project.",
    );
  });

  it("answers as GitLab does to who may not", async () => {
    const token = tokenOf(1, "read_repository");
    const folder = await clone("reader", token);
    await commit(folder, "more");
    await expect(git(folder, "push", "origin", "main")).rejects.toThrow(/403/);
    const answer = async (path: string, login?: string): Promise<[number, string]> => {
      const headers = login === undefined ? {} : { authorization: `Basic ${Buffer.from(login).toString("base64")}` };
      const response = await fetch(`${double.gitlab.url}/${path}`, { headers, redirect: "manual" });
      return [response.status, response.headers.get("location") ?? (await response.text()).trim()];
    };
    const refs = "info/refs?service=git-upload-pack";
    const denied = [401, expect.stringMatching(/^HTTP Basic: Access denied/)];
    expect(await answer(`root/shop.git/${refs}`)).toEqual(denied);
    expect(await answer(`root/shop.git/${refs}`, "x:glpat-wrong")).toEqual(denied);
    expect(await answer(`root/none.git/${refs}`, `x:${token}`)).toEqual([
      404,
      "The project you were looking for could not be found or you don't have permission to view it.",
    ]);
    expect(await answer(`root/shop/${refs}`, `x:${token}`)).toEqual([301, `/root/shop.git/${refs}`]);
    expect(await answer("root/shop.git/info/refs?service=git-receive-pack", `x:${token}`)).toEqual([
      403,
      "You are not allowed to upload code.",
    ]);
  });

  it("reads for a deploy token under its own name, and for a job of the project alone", async () => {
    const token = "gldt-of-a-project";
    const { username } = double.gitlab.context.store.deployTokens.insert({
      source_type: "project",
      source_id: project,
      name: "argocd",
      username: "gitlab+deploy-token-1",
      digest: digestOf(token),
      scopes: ["read_repository"],
      revoked: false,
      created_at: double.gitlab.context.now().toISOString(),
      expires_at: null,
    });
    const job = { kind: "job", user_id: 1, name: "job", scopes: ["api"], project_id: project } as const;
    const jobToken = issueToken(double.gitlab.context, job).text;
    await double.make("POST", "/projects", { name: "other", initialize_with_readme: true });
    const ask = async (login: string, name = "shop", service = "git-upload-pack"): Promise<number> => {
      const headers = { authorization: `Basic ${Buffer.from(login).toString("base64")}` };
      return (await fetch(`${double.gitlab.url}/root/${name}.git/info/refs?service=${service}`, { headers })).status;
    };
    expect(await ask(`${username}:${token}`)).toBe(200);
    expect(await ask(`${username}:${token}`, "shop", "git-receive-pack")).toBe(403);
    expect(await ask(`${username}:${token}`, "other")).toBe(404);
    expect(await ask(`someone:${token}`)).toBe(401);
    expect(await ask(`gitlab-ci-token:${jobToken}`)).toBe(200);
    expect(await ask(`gitlab-ci-token:${jobToken}`, "other")).toBe(404);
    expect(await ask(`gitlab-ci-token:${jobToken}`, "shop", "git-receive-pack")).toBe(403);
    expect(await ask(`someone:${jobToken}`)).toBe(401);
  });

  it("reads and does not write an archived project", async () => {
    const { id } = await double.make<{ id: number }>("POST", "/projects", {
      name: "old",
      initialize_with_readme: true,
    });
    await double.make("POST", `/projects/${String(id)}/archive`);
    const login = { authorization: `Basic ${Buffer.from(`x:${double.gitlab.rootToken}`).toString("base64")}` };
    const ask = async (service: string): Promise<[number, string]> => {
      const url = `${double.gitlab.url}/root/old.git/info/refs?service=${service}`;
      const response = await fetch(url, { headers: login });
      return [response.status, (await response.text()).trim()];
    };
    expect((await ask("git-upload-pack"))[0]).toBe(200);
    expect(await ask("git-receive-pack")).toEqual([403, "You are not allowed to push code to this project."]);
  });
});
