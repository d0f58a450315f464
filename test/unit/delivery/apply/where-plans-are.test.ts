import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gitlabPlan } from "../../../../delivery/apply/gitlab-plan";
import { readPlanFolder } from "../../../../delivery/apply/plan-folder";
import { PLAN_FILES, sha256, writeOrigin } from "../../../../delivery/plan/origin";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gitops-factory-plans-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const commit = "a".repeat(40);
const origin = {
  ...{ version: 1 as const, project: "factory", stack: "dev", commit, tree: commit, files: {}, pulumi: "v3.220.0" },
  ...{ state: sha256(""), plan: sha256("{}"), refreshed: true, createdAt: "2026-01-02T03:04:05.000Z" },
};

describe("A plan on GitLab", () => {
  it("needs the pipeline's variables and a token: all that is missing is named, with what it has to be", () => {
    const { signal } = new AbortController();
    const env = { CI_API_V4_URL: "https://gitlab.example/api/v4", CI_PROJECT_ID: "42", CI_COMMIT_SHA: " " };
    const ask = (): unknown => gitlabPlan({ job: "preview: [dev]", folder: "plans/dev" }, { env, signal });
    expect(ask).toThrow(/CI_COMMIT_SHA[\s\S]*name a plan by --plan[\s\S]*CI_COMMIT_BRANCH/);
    expect(ask).toThrow(/FACTORY_GITLAB_TOKEN[\s\S]*read_api and the role Reporter[\s\S]*masked/);
    expect(ask).not.toThrow(/CI_PROJECT_ID/);
  });
});

describe("A plan in a folder", () => {
  it("is read with what it was made of", () => {
    writeOrigin(folder, origin);
    writeFileSync(join(folder, PLAN_FILES.plan), "{}");
    expect(readPlanFolder(folder, "plans/dev")).toMatchObject({ origin, plan: "{}", place: "plans/dev" });
  });

  it.each([
    ["nothing", undefined, "the file cannot be read"],
    ["half a file", '{"version": 1,', "the file is no JSON"],
    ["another file", JSON.stringify({ ...origin, state: "1" }), "state: "],
  ])("is none with %s in the place of its origin", (_, text, message) => {
    if (text !== undefined) writeFileSync(join(folder, PLAN_FILES.origin), text);
    expect(() => readPlanFolder(folder, "plans/dev")).toThrow(`this is no plan of \`factory plan\`: ${message}`);
  });

  it("is none without Pulumi's part of it", () => {
    writeOrigin(folder, origin);
    expect(() => readPlanFolder(folder, "plans/dev")).toThrow(
      "make it anew: npx factory plan --stack dev --output plans/dev",
    );
  });
});
