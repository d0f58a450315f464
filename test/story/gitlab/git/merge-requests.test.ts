import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { issueToken } from "../../../../lab/gitlab/auth/issue-token";
import { Double } from "../../../unit/lab/gitlab/support/double";

interface Body extends Record<string, unknown> {
  readonly id: number;
  readonly iid: number;
  readonly sha: string;
}

describe("merge requests", () => {
  let double: Double;
  let project: string;
  let projectId: number;
  let developer: string;
  let count = 0;
  let branch: string;

  beforeAll(async () => {
    double = await Double.start();
    const wanted = { name: "shop", initialize_with_readme: true };
    projectId = (await double.make<Body>("POST", "/projects", wanted)).id;
    project = `/projects/${String(projectId)}`;
    const account = { name: "Anna", username: "anna", email: "anna@acme.example", force_random_password: true };
    const user = await double.make<Body>("POST", "/users", account);
    await double.make("POST", `${project}/members`, { user_id: user.id, access_level: 30 });
    const token = { kind: "personal", user_id: user.id, name: "api", scopes: ["api"] } as const;
    developer = issueToken(double.gitlab.context, token).text;
  });

  afterAll(() => double.stop());

  beforeEach(() => {
    count += 1;
    branch = `topic-${String(count)}`;
  });

  const call = (method: string, path: string, body?: object, token?: string) =>
    double.call<Body>(method, project + path, body, token);

  async function commit(to: string, name: string, content: string, start?: string): Promise<string> {
    const action = { action: "create", file_path: name, content };
    const change = { branch: to, start_branch: start, commit_message: name, actions: [action] };
    return (await double.make<{ id: string }>("POST", `${project}/repository/commits`, change)).id;
  }

  /** A merge request from a branch of the test's own, which adds one file. */
  async function open(change: object = {}, token?: string): Promise<Body> {
    await commit(branch, `${branch}.txt`, "x\n", "main");
    const wanted = { source_branch: branch, target_branch: "main", title: branch, ...change };
    return double.make<Body>("POST", `${project}/merge_requests`, wanted, token);
  }

  it("are opened once for a branch, with a number of the project's own", async () => {
    const made = await open();
    expect(made).toMatchObject({ iid: 1, state: "opened", detailed_merge_status: "mergeable", changes_count: "1" });
    const again = await call("POST", "/merge_requests", { source_branch: branch, target_branch: "main", title: "x" });
    const message = ["Another open merge request already exists for this source branch: !1"];
    expect([again.status, again.body]).toEqual([409, { message }]);
    const same = await call("POST", "/merge_requests", { source_branch: "main", target_branch: "main", title: "x" });
    expect([same.status, same.body]).toEqual([
      422,
      { error: ["You can't use same project/branch for source and target"] },
    ]);
  });

  it("are merged by a commit with both parents, at the commit that was looked at", async () => {
    const { iid, sha } = await open();
    const path = `/merge_requests/${String(iid)}`;
    const other = await call("PUT", `${path}/merge`, { sha: "0".repeat(40) });
    expect([other.status, other.body]).toEqual([409, { message: `SHA does not match HEAD of source branch: ${sha}` }]);
    expect((await call("PUT", `${path}/merge`, { sha }, developer)).status).toBe(401);
    const merged = await call("PUT", `${path}/merge`, { sha, should_remove_source_branch: true });
    expect(merged.body).toMatchObject({ state: "merged", merge_user: { username: "root" } });
    const made = await call("GET", `/repository/commits/${String(merged.body["merge_commit_sha"])}`);
    expect(made.body["parent_ids"]).toHaveLength(2);
    expect(made.body["message"]).toContain(`See merge request root/shop!${String(iid)}`);
    expect((await call("GET", `/repository/branches/${branch}`)).status).toBe(404);
    expect((await call("PUT", `${path}/merge`)).body).toEqual({ message: "405 Method Not Allowed" });
  });

  it("are squashed, and go forward without a merge commit where the project wants that", async () => {
    await double.make("PUT", project, { merge_method: "ff" });
    const before = (await call("GET", "/repository/commits/main")).body["id"];
    const { iid } = await open();
    await commit(branch, `${branch}-2.txt`, "y\n");
    const merged = await call("PUT", `/merge_requests/${String(iid)}/merge`, { squash: true });
    expect(merged.body["merge_commit_sha"]).toBeNull();
    expect((await call("GET", "/repository/commits/main")).body).toMatchObject({
      id: merged.body["squash_commit_sha"],
      parent_ids: [before],
      title: branch,
    });
    await double.make("PUT", project, { merge_method: "merge" });
  });

  it("that conflict, or are drafts, say so and are not merged", async () => {
    const { iid } = await open();
    await commit("main", `${branch}.txt`, "other\n");
    const path = `/merge_requests/${String(iid)}`;
    expect((await call("GET", path)).body).toMatchObject({ detailed_merge_status: "conflict", has_conflicts: true });
    expect((await call("PUT", `${path}/merge`)).status).toBe(405);
    const draft = await call("PUT", path, { title: "Draft: later" });
    expect(draft.body).toMatchObject({ draft: true, detailed_merge_status: "draft_status" });
  });

  it("have a version for each push, and are closed when their branch goes", async () => {
    const { iid } = await open();
    const path = `/merge_requests/${String(iid)}`;
    const head = await commit(branch, `${branch}-2.txt`, "y\n");
    const versions = (await double.make<Body[]>("GET", `${project}${path}/versions`)).map(
      (version) => version["head_commit_sha"],
    );
    expect([versions.length, versions[0]]).toEqual([2, head]);
    const diffs = await double.make<Body[]>("GET", `${project}${path}/diffs`);
    expect(diffs.map((diff) => [diff["new_path"], diff["new_file"]])).toEqual([
      [`${branch}-2.txt`, true],
      [`${branch}.txt`, true],
    ]);
    await double.call("DELETE", `${project}/repository/branches/${branch}`);
    expect((await call("GET", path)).body["state"]).toBe("closed");
  });

  it("have notes that only their author rewrites, in the order that is asked for", async () => {
    const { iid } = await open({}, developer);
    const notes = `/merge_requests/${String(iid)}/notes`;
    const first = await call("POST", notes, { body: "first" }, developer);
    await call("POST", notes, { body: "second" });
    const texts = async (query: string): Promise<unknown[]> =>
      (await double.make<Body[]>("GET", `${project}${notes}?${query}`)).map((note) => note["body"]);
    expect(await texts("sort=asc")).toEqual(["first", "second"]);
    expect(await texts("order_by=created_at&per_page=1&page=2")).toEqual(["first"]);
    const path = `${notes}/${String(first.body.id)}`;
    expect((await call("PUT", path, { body: "root was here" })).status).toBe(403);
    expect((await call("PUT", path, { body: "changed" }, developer)).body["body"]).toBe("changed");
    expect((await call("POST", notes, { body: " " })).status).toBe(400);
    expect((await call("DELETE", path)).status).toBe(204);
    expect(await texts("")).toEqual(["second"]);
  });

  it("tell hooks of themselves and of what is written below them", async () => {
    const told: [unknown, Record<string, unknown>][] = [];
    let arrived = (): void => undefined;
    const sink: Server = createServer((request, response) => {
      let text = "";
      request.on("data", (part: Buffer) => (text += part.toString()));
      request.on("end", () => {
        response.end();
        told.push([request.headers["x-gitlab-event"], JSON.parse(text) as Record<string, unknown>]);
        arrived();
      });
    }).listen(0, "127.0.0.1");
    await new Promise((done) => sink.once("listening", done));
    const url = `http://127.0.0.1:${String((sink.address() as AddressInfo).port)}/`;
    const events = { push_events: false, merge_requests_events: true, note_events: true };
    const hook = await double.make<Body>("POST", `${project}/hooks`, { url, ...events });
    const next = (): Promise<void> => new Promise((done) => (arrived = done));

    let coming = next();
    const { iid } = await open();
    await coming;
    coming = next();
    await call("POST", `/merge_requests/${String(iid)}/notes`, { body: "a preview" });
    await coming;
    sink.close();
    await double.call("DELETE", `${project}/hooks/${String(hook.id)}`);
    expect(told).toMatchObject([
      ["Merge Request Hook", { object_kind: "merge_request", object_attributes: { iid, action: "open" } }],
      ["Note Hook", { object_kind: "note", object_attributes: { note: "a preview" }, merge_request: { iid } }],
    ]);
  });
});
