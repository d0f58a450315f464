import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Double } from "../../unit/lab/gitlab/support/double";
import { buildGoProgram, runClient } from "./client-program";

describe("GitLab's official Go library takes the double for a GitLab", { timeout: 600_000 }, () => {
  let double: Double;
  let program: string;

  beforeAll(async () => {
    double = await Double.start();
    program = await buildGoProgram(join(__dirname, "client-go"), double.gitlab.folder);
  }, 600_000);

  afterAll(() => double?.stop());

  it("for groups, projects, files, reviews, pipelines, members, tokens, schedules, long lists and errors", async () => {
    expect(JSON.parse(await runClient(double, program))).toEqual({
      group: "go-organisation/shop",
      project: "go-organisation/shop/infra",
      default_branch: "main",
      variables: [3, 105],
      variables_total: 105,
      file: ["tag: v1\n", "tag: v1\n", "deploy/values.yaml"],
      stale: 400,
      commit: ["two files", 2, 2, true],
      tag: ["the first", true, 5],
      merge_request: [1, "mergeable", 1, 2],
      merge_conflict: 409,
      notes: ["first", "second", "third"],
      merged: ["merged", true],
      pipeline: ["main", "trigger", 1],
      deploy_token: "gitlab+deploy-token-1",
      hook: ["http://argocd.example/api/webhook", true],
      missing_project: 404,
      taken_path: 400,
      stranger: 401,
      member: ["anna", 30, 404],
      custom_attribute: "factory",
      protected: ["release/*", 40, 30, 0],
      rotated: [true, 401, 0],
      schedule: ["0 1 * * *", true, 1],
      // Its old path leads to it as long as nothing else takes it.
      deleted: [true, 0],
    });
  });
});
