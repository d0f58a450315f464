import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueToken } from "../../../../lab/gitlab/auth/issue-token";
import { Double } from "../../../unit/lab/gitlab/support/double";

describe("a repository by the API", () => {
  let double: Double;
  let project: string;
  let developer: string;

  beforeAll(async () => {
    double = await Double.start();
    const { id } = await double.make<{ id: number }>("POST", "/projects", {
      name: "shop",
      initialize_with_readme: true,
    });
    project = `/projects/${String(id)}`;
    const account = { name: "Anna", username: "anna", email: "anna@acme.example", force_random_password: true };
    const user = await double.make<{ id: number }>("POST", "/users", account);
    await double.make("POST", `${project}/members`, { user_id: user.id, access_level: 30 });
    const token = { kind: "personal", user_id: user.id, name: "api", scopes: ["api"] } as const;
    developer = issueToken(double.gitlab.context, token).text;
  });

  afterAll(() => double.stop());

  const file = (name: string): string => `${project}/repository/files/${encodeURIComponent(name)}`;
  const call = (method: string, path: string, body?: object, token?: string) => double.call(method, path, body, token);

  it("makes, changes and removes a file, each by a commit", async () => {
    const change = { branch: "main", commit_message: "a file" };
    const content = Buffer.from([0, 255, 10]).toString("base64");
    const made = await call("POST", file("a/b.bin"), { ...change, content, encoding: "base64" });
    expect([made.status, made.body]).toEqual([201, { file_path: "a/b.bin", branch: "main" }]);
    const shown = await double.make("GET", `${file("a/b.bin")}?ref=main`);
    expect(shown).toMatchObject({ file_name: "b.bin", size: 3, encoding: "base64", content, execute_filemode: false });
    expect(shown["last_commit_id"]).toBe(shown["commit_id"]);
    const changed = await call("PUT", file("a/b.bin"), {
      ...change,
      content: "text\n",
      last_commit_id: shown["commit_id"],
    });
    expect(changed.status).toBe(200);
    expect((await call("DELETE", file("a/b.bin"), change)).status).toBe(204);
    const titles = await double.make<{ title: string }[]>("GET", `${project}/repository/commits?path=a/b.bin`);
    expect(titles.map(({ title }) => title)).toEqual(["a file", "a file", "a file"]);
  });

  it.each<[string, string, string, object, number, object]>([
    ["a name that is taken", "POST", "README.md", {}, 400, { message: "A file with this name already exists" }],
    ["a file that is not there", "PUT", "none", {}, 400, { message: "A file with this name doesn't exist" }],
    [
      "what has changed since",
      "PUT",
      "README.md",
      { last_commit_id: "0".repeat(40) },
      400,
      { message: "You are attempting to update a file that has changed since you started editing it." },
    ],
    [
      "a branch that is not there",
      "PUT",
      "README.md",
      { branch: "none" },
      400,
      { message: "You can only create or edit files when you are on a branch" },
    ],
    ["a way out of the repository", "POST", "../x", {}, 400, { error: "file_path should be a valid file path" }],
    ["no message", "POST", "x", { commit_message: undefined }, 400, { error: "commit_message is missing" }],
  ])("refuses %s", async (_, method, name, change, status, body) => {
    const answer = await call(method, file(name), { branch: "main", commit_message: "m", content: "c", ...change });
    expect([answer.status, answer.body]).toEqual([status, body]);
  });

  it("tells apart a file, a branch and a parameter that are missing", async () => {
    const answers = await Promise.all([
      call("GET", `${file("none")}?ref=main`),
      call("GET", `${file("README.md")}?ref=none`),
      call("GET", file("README.md")),
    ]);
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [404, { message: "404 File Not Found" }],
      [404, { message: "404 Commit Not Found" }],
      [400, { error: "ref is missing" }],
    ]);
  });

  it("commits several files at once, and begins a branch with them", async () => {
    const actions = [
      { action: "create", file_path: "run.sh", content: "#!/bin/sh\n" },
      { action: "chmod", file_path: "run.sh", execute_filemode: true },
      { action: "move", file_path: "docs/README.md", previous_path: "README.md" },
    ];
    const change = { branch: "topic", start_branch: "main", commit_message: "several", actions };
    const made = await call("POST", `${project}/repository/commits`, change, developer);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ title: "several", author_name: "Anna", stats: { additions: 1, deletions: 0 } });
    const tree = await double.make<{ path: string }[]>("GET", `${project}/repository/tree?ref=topic&recursive=true`);
    expect(tree.map(({ path }) => path)).toEqual(["docs", "docs/README.md", "run.sh"]);
    const again = await call("POST", `${project}/repository/commits`, change, developer);
    expect([again.status, again.body["message"]]).toEqual([
      400,
      "A branch called 'topic' already exists. Switch to that branch in order to make changes",
    ]);
    expect((await call("POST", `${project}/repository/commits`, { ...change, force: true }, developer)).status).toBe(
      201,
    );
  });

  it("keeps developers from the protected default branch", async () => {
    const change = { branch: "main", commit_message: "m" };
    const byFile = await call("POST", file("x"), { ...change, content: "x" }, developer);
    expect([byFile.status, byFile.body]).toEqual([400, { message: "You are not allowed to push into this branch" }]);
    const actions = [{ action: "create", file_path: "x", content: "x" }];
    const byCommit = await call("POST", `${project}/repository/commits`, { ...change, actions }, developer);
    expect([byCommit.status, byCommit.body]).toEqual([
      403,
      { message: "403 Forbidden - You are not allowed to push into this branch" },
    ]);
    const main = await call("GET", `${project}/repository/branches/main`, undefined, developer);
    expect(main.body).toMatchObject({ protected: true, default: true, can_push: false, developers_can_push: false });
  });

  it("makes and removes branches and tags, and refuses what GitLab refuses", async () => {
    const branches = `${project}/repository/branches`;
    expect((await call("POST", branches, { branch: "b/1", ref: "main" })).status).toBe(201);
    expect((await call("POST", branches, { branch: "b/1", ref: "main" })).body).toEqual({
      message: "Branch already exists",
    });
    expect((await call("POST", branches, { branch: "b/2", ref: "none" })).body).toEqual({
      message: "Invalid reference name: none",
    });
    expect((await call("DELETE", `${branches}/${encodeURIComponent("b/1")}`)).status).toBe(204);
    expect((await call("GET", `${branches}/${encodeURIComponent("b/1")}`)).body).toEqual({
      message: "404 Branch Not Found",
    });
    expect((await call("DELETE", `${branches}/main`)).status).toBe(400);
    const tags = `${project}/repository/tags`;
    const tag = await double.make("POST", tags, { tag_name: "v1", ref: "main", message: "one" });
    expect(tag).toMatchObject({ name: "v1", message: "one", protected: false });
    expect((await call("POST", tags, { tag_name: "v1", ref: "main" })).body).toEqual({
      message: "Tag v1 already exists",
    });
    expect((await call("DELETE", `${tags}/v1`)).status).toBe(204);
    expect((await call("DELETE", `${tags}/v1`)).body).toEqual({ message: "404 Tag Not Found" });
  });

  it("protects the default branch of an empty project with its first commit, whatever its name", async () => {
    const { id } = await double.make<{ id: number }>("POST", "/projects", { name: "empty" });
    const path = `/projects/${String(id)}/repository`;
    expect((await call("GET", `${path}/tree`)).body).toEqual({ message: "404 Tree Not Found" });
    expect((await call("GET", `${path}/commits`)).body).toEqual([]);
    const actions = [{ action: "create", file_path: "a", content: "a" }];
    await double.make("POST", `${path}/commits`, { branch: "trunk", commit_message: "first", actions });
    expect((await double.make("GET", `/projects/${String(id)}`))["default_branch"]).toBe("trunk");
    const rules = await double.make<{ name: string }[]>("GET", `/projects/${String(id)}/protected_branches`);
    expect(rules.map(({ name }) => name)).toEqual(["trunk"]);
  });
});
