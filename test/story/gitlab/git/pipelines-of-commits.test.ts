import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Pipeline } from "../../../../lab/gitlab/ci/records";
import { Double } from "../../../unit/lab/gitlab/support/double";

describe("what pipelines and other programs say of commits", () => {
  let double: Double;
  let id: number;

  beforeAll(async () => {
    double = await Double.start();
    ({ id } = await double.make<{ id: number }>("POST", "/projects", { name: "shop", initialize_with_readme: true }));
  });

  afterAll(() => double.stop());

  const make = <T = Record<string, string>>(method: string, path: string, body?: object): Promise<T> =>
    double.make<T>(method, `/projects/${String(id)}${path}`, body);

  function pipelineAt(sha: string): Pipeline {
    const created_at = double.gitlab.context.now().toISOString();
    return double.gitlab.context.store.pipelines.insert({
      iid: 1,
      project_id: id,
      user_id: 1,
      sha,
      before_sha: sha,
      ref: "topic",
      tag: false,
      source: "push",
      status: "running",
      yaml_errors: null,
      name: null,
      stages: [],
      merge_request_id: null,
      schedule_id: null,
      variables: [],
      created_at,
      updated_at: created_at,
      started_at: null,
      finished_at: null,
    });
  }

  it("lets a merge request wait for its pipeline, and merges it then", async () => {
    const actions = [{ action: "create", file_path: "a", content: "a" }];
    const change = { branch: "topic", start_branch: "main", commit_message: "a", actions };
    const { id: sha = "" } = await make("POST", "/repository/commits", change);
    await make("POST", "/merge_requests", { source_branch: "topic", target_branch: "main", title: "a" });
    const pipeline = pipelineAt(sha);
    expect(await make("GET", `/repository/commits/${sha}`)).toMatchObject({
      status: "running",
      last_pipeline: { sha },
    });
    const waiting = await make("PUT", "/merge_requests/1/merge", { auto_merge: true });
    expect(waiting).toMatchObject({ state: "opened", merge_when_pipeline_succeeds: true });
    const { store, events } = double.gitlab.context;
    const merged = new Promise((done) => events.once("merge request", done));
    store.pipelines.update(pipeline.id, { status: "success" });
    events.emit("pipeline", { pipeline_id: pipeline.id });
    expect(await merged).toMatchObject({ action: "merge" });
    expect((await make("GET", "/merge_requests/1"))["state"]).toBe("merged");
  });

  it("keeps one status for each name that a program gives itself", async () => {
    const status = (state: string) => make("POST", "/statuses/main", { state, name: "scan", ref: "main" });
    await status("running");
    expect(await status("success")).toMatchObject({ name: "scan", status: "success", author: { username: "root" } });
    const all = await make<{ status: string }[]>("GET", "/repository/commits/main/statuses");
    expect(all.map((one) => one.status)).toEqual(["success"]);
  });
});
