import { Gitlab, GitbeakerRequestError } from "@gitbeaker/rest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Double } from "../../unit/lab/gitlab/support/double";

describe("gitbeaker takes the double for a GitLab", { timeout: 300_000 }, () => {
  let double: Double;
  let client: InstanceType<typeof Gitlab>;
  let groupId: number;
  let projectId: number;

  beforeAll(async () => {
    double = await Double.start();
    client = clientOf(double.gitlab.rootToken);
    const { id } = await client.Groups.create("Node Organisation", "node-organisation");
    groupId = (await client.Groups.create("shop", "shop", { parentId: id })).id;
    projectId = (await client.Projects.create({ name: "infra", namespaceId: groupId, initializeWithReadme: true })).id;
  });

  afterAll(() => double?.stop());

  function clientOf(token: string): InstanceType<typeof Gitlab> {
    return new Gitlab({ host: double.gitlab.url, token });
  }

  /** The status of a refusal, and what the library makes of it. */
  async function refusal(call: Promise<unknown>): Promise<[number | undefined, string]> {
    const error = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof GitbeakerRequestError)) throw new Error(`no refusal but ${String(error)}`);
    return [error.cause?.response.status, String(error.cause?.description)];
  }

  it("for groups and projects", async () => {
    expect((await client.Groups.show("node-organisation/shop")).id).toBe(groupId);
    expect((await client.Projects.show("node-organisation/shop/infra")).default_branch).toBe("main");
    expect((await client.Groups.allProjects(groupId)).map(({ name }) => name)).toEqual(["infra"]);
  });

  it("for a list that is longer than a page, by numbers", async () => {
    for (let number = 0; number < 105; number += 1) {
      await client.GroupVariables.create(groupId, `NUMBER_${String(number)}`, String(number));
    }
    const all = await client.GroupVariables.all(groupId, { perPage: 50 });
    expect(new Set(all.map(({ key }) => key)).size).toBe(105);
  });

  it("for a list that is longer than a page, by keyset", async () => {
    const name = (number: number): string => `many-${String(number)}`;
    for (let number = 0; number < 12; number += 1)
      await client.Projects.create({ name: name(number), path: name(number) });
    const all = await client.Projects.all({
      pagination: "keyset",
      orderBy: "id",
      sort: "asc",
      perPage: 5,
      search: "many-",
    });
    expect(new Set(all.map(({ path }) => path)).size).toBe(12);
  });

  it("for files and commits", async () => {
    await client.RepositoryFiles.create(projectId, "deploy/values.yaml", "main", "tag: v1\n", "values");
    const file = await client.RepositoryFiles.show(projectId, "deploy/values.yaml", "main");
    expect(Buffer.from(file.content, "base64").toString()).toBe("tag: v1\n");
    const commit = await client.Commits.create(
      projectId,
      "topic",
      "two files",
      [
        { action: "update", filePath: "deploy/values.yaml", content: "tag: v2\n" },
        { action: "create", filePath: "run.sh", content: "#!/bin/sh\n", execute_filemode: true },
      ],
      { startBranch: "main" },
    );
    expect((await client.Commits.showDiff(projectId, commit.id)).map(({ new_path }) => new_path)).toEqual([
      "deploy/values.yaml",
      "run.sh",
    ]);
    expect((await client.Repositories.allRepositoryTrees(projectId, { ref: "topic" })).map(({ path }) => path)).toEqual(
      ["deploy", "README.md", "run.sh"],
    );
  });

  it("for a merge request with its notes", async () => {
    const { iid } = await client.MergeRequests.create(projectId, "topic", "main", "Two files");
    await client.MergeRequestNotes.create(projectId, iid, "a preview");
    const [note] = await client.MergeRequestNotes.all(projectId, iid, { sort: "asc", orderBy: "created_at" });
    await client.MergeRequestNotes.edit(projectId, iid, note?.id ?? 0, { body: "a newer preview" });
    expect((await client.MergeRequestNotes.all(projectId, iid)).map(({ body }) => body)).toEqual(["a newer preview"]);
    expect((await client.MergeRequests.merge(projectId, iid, { squash: true })).state).toBe("merged");
    const merged = await client.RepositoryFiles.showRaw(projectId, "deploy/values.yaml", "main");
    expect(String(merged)).toBe("tag: v2\n");
  });

  it("for triggers, and for pipelines that they start", async () => {
    const ci = "hello:\n  script: ['true']\n";
    await client.RepositoryFiles.create(projectId, ".gitlab-ci.yml", "main", ci, "pipeline [skip ci]");
    const { token } = await client.PipelineTriggerTokens.create(projectId, "mirror");
    const started = await client.PipelineTriggerTokens.trigger(projectId, "main", token, {
      variables: { GIT_BRANCH_DEPLOY: "main" },
    });
    const pipeline = await client.Pipelines.show(projectId, started.id);
    expect([pipeline.ref, pipeline.source]).toEqual(["main", "trigger"]);
  });

  it("for what is not there and what is not allowed", async () => {
    expect(await refusal(client.Projects.show("node-organisation/none"))).toEqual([404, "404 Project Not Found"]);
    const empty = client.RepositoryFiles.create(projectId, "README.md", "main", "x", "again");
    expect(await refusal(empty)).toEqual([400, "A file with this name already exists"]);
    expect(await refusal(clientOf("glpat-of-nobody").Users.showCurrentUser())).toEqual([401, "401 Unauthorized"]);
  });
});
