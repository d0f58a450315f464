import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Double } from "../../unit/lab/gitlab/support/double";
import { ensurePythonGitLab, python, runClient } from "./client-program";

describe("Debian's python-gitlab takes the double for a GitLab", { timeout: 300_000 }, () => {
  let double: Double;

  beforeAll(async () => {
    await ensurePythonGitLab();
    double = await Double.start();
  }, 300_000);

  afterAll(() => double?.stop());

  it("as a library: groups, projects, files, reviews, pipelines, tokens, long lists and errors", async () => {
    const output = await runClient(double, python, join(__dirname, "python-gitlab", "story.py"));
    const taken = ["has already been taken"];
    expect(JSON.parse(output)).toEqual({
      user: "root",
      group: "a shop",
      subgroups: ["python-organisation/shop"],
      project: "python-organisation/shop/infra",
      projects_of_group: ["infra"],
      variables: 105,
      all_variables: 105,
      variable: ["another-value", true],
      file: "tag: v1\n",
      raw: "tag: v2\n",
      file_commits: 2,
      commit: ["two files", 2, 1],
      tree: ["docs", "a.sh", "docs/README.md"],
      tree_by_keyset: 3,
      compare: 2,
      archive: "1f8b",
      tags: ["v1.0.0"],
      protected: ["main", "release/*"],
      merge_request: [1, "mergeable", 1],
      changes: 2,
      notes: [105, "note 0", "note 104"],
      note: "changed",
      discussion: 2,
      stale_merge: [409, expect.stringMatching(/^SHA does not match HEAD of source branch: [0-9a-f]{40}$/)],
      merged: ["merged", 0],
      pipeline: ["trigger", ["GIT_BRANCH_DEPLOY"]],
      jobs: ["hello"],
      schedule: true,
      hook: [true, false],
      deploy_token: "gitlab+deploy-token-1",
      bot: "infra",
      missing: [404, "404 Project Not Found"],
      missing_file: [404, "404 File Not Found"],
      taken: [400, { "project_namespace.name": taken, name: taken, path: taken }],
      stranger: [401, "401 Unauthorized"],
      forbidden: [403, "insufficient_scope"],
    });
  });

  it("as a command", async () => {
    await double.make("POST", "/projects", { name: "by-command", initialize_with_readme: true });
    const { folder, url, rootToken } = double.gitlab;
    const config = join(folder, "python-gitlab.cfg");
    writeFileSync(config, `[global]\ndefault = lab\n[lab]\nurl = ${url}\nprivate_token = ${rootToken}\n`, {
      mode: 0o600,
    });
    const gitlab = (...args: string[]): Promise<string> =>
      runClient(double, python, "-m", "gitlab", "--config-file", config, ...args);
    const found = JSON.parse(await gitlab("--output", "json", "project", "get", "--id", "root/by-command")) as object;
    expect(found).toMatchObject({ path_with_namespace: "root/by-command", default_branch: "main" });
    const variable = ["--project-id", "root/by-command", "--key", "COLOUR"];
    await gitlab("project-variable", "create", ...variable, "--value", "blue");
    expect(await gitlab("--verbose", "project-variable", "get", ...variable)).toContain("value: blue");
    await expect(gitlab("project", "get", "--id", "root/none")).rejects.toThrow("404 Project Not Found");
  });
});
