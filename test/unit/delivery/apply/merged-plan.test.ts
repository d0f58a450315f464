import { beforeEach, describe, expect, it } from "vitest";
import { findMergedPlan } from "../../../../delivery/apply/merged-plan";
import { PlanRefusal } from "../../../../delivery/apply/refusal";
import { systemClock } from "../../../../delivery/clock";
import { Service } from "../../../../delivery/http/service";
import { sha256 } from "../../../../delivery/plan/origin";

const commit = "a".repeat(40);
const merged = { project: "42", commit, branch: "main", job: "preview: [dev]", folder: "plans/dev" };
const request = {
  ...{ iid: 7, state: "merged", target_branch: "main", sha: "b".repeat(40), web_url: "https://gitlab.example/!7" },
  ...{ merge_commit_sha: commit, squash_commit_sha: null },
};
const plan = "{ }\n";
const origin = {
  ...{ version: 1, project: "factory", stack: "dev", commit, tree: commit, files: {}, pulumi: "v3.220.0" },
  ...{ state: sha256(""), plan: sha256(plan), refreshed: true, createdAt: "2026-01-02T03:04:05.000Z" },
};
const jobs = [{ id: 9, name: "preview: [dev]", status: "success", web_url: "https://gitlab.example/-/jobs/9" }];
const pipelines = [
  { id: 3, source: "merge_request_event", web_url: "https://gitlab.example/-/pipelines/3" },
  { id: 5, source: "merge_request_event", web_url: "https://gitlab.example/-/pipelines/5" },
  { id: 6, source: "push", web_url: "https://gitlab.example/-/pipelines/6" },
];

/** What GitLab answers by path; anything else is a 404. */
let answers: Record<string, unknown>;
const base = "/api/v4/projects/42";
beforeEach(() => {
  answers = {
    [`${base}/repository/commits/${commit}/merge_requests`]: [request],
    [`${base}/merge_requests/7/pipelines`]: pipelines,
    [`${base}/pipelines/5/jobs`]: jobs,
    [`${base}/jobs/9/artifacts/plans/dev/origin.json`]: origin,
    [`${base}/jobs/9/artifacts/plans/dev/plan.json`]: plan,
  };
});

function find() {
  const service = new Service({
    ...{ name: "GitLab", url: "https://gitlab.example", place: "CI_API_V4_URL", headers: {} },
    ...{ patience: { clock: systemClock, outageMs: 0, tell: () => undefined }, signal: new AbortController().signal },
    send: ({ url }) => {
      const body = answers[url.pathname];
      const text = typeof body === "string" ? body : JSON.stringify(body ?? { message: "404 Not found" });
      return Promise.resolve({ status: body === undefined ? 404 : 200, headers: {}, text });
    },
  });
  return findMergedPlan(service, merged);
}

describe("The reviewed plan of a commit", () => {
  it("is that of the last pipeline of the merge request that made it, byte for byte", async () => {
    expect(await find()).toMatchObject({ origin: { stack: "dev" }, plan, place: "https://gitlab.example/-/jobs/9" });
  });

  it.each([
    ["a merge train's", { ref: "refs/merge-requests/7/train" }],
    ["a fork's", { project_id: 43 }],
  ])("is not that of %s pipeline, which no reviewer has seen", async (_, fields) => {
    const later = { id: 8, source: "merge_request_event", web_url: "https://gitlab.example/-/pipelines/8" };
    const head = { project_id: 42, ref: "refs/merge-requests/7/head" };
    answers[`${base}/merge_requests/7/pipelines`] = [
      { ...later, ...head, ...fields },
      ...pipelines.map((one) => ({ ...one, ...head })),
    ];
    expect((await find()).place).toBe("https://gitlab.example/-/jobs/9");
  });

  it.each([
    ["was squashed", { merge_commit_sha: null, squash_commit_sha: commit }],
    ["was merged by fast-forward", { merge_commit_sha: null, sha: commit }],
  ])("is found where it %s", async (_, fields) => {
    answers[`${base}/repository/commits/${commit}/merge_requests`] = [{ ...request, ...fields }];
    expect((await find()).origin.commit).toBe(commit);
  });

  it.each([
    ["nothing was merged", { state: "opened" }],
    ["it went to another branch", { target_branch: "next" }],
    ["the commit is in the middle of it", { merge_commit_sha: "c".repeat(40) }],
  ])("is refused where %s: nobody has reviewed it", async (_, fields) => {
    answers[`${base}/repository/commits/${commit}/merge_requests`] = [{ ...request, ...fields }];
    await expect(find()).rejects.toThrow(PlanRefusal);
    await expect(find()).rejects.toThrow(
      /no merge request brought this commit to main[\s\S]*FACTORY_WITHOUT_PLAN=true/,
    );
  });

  it.each([
    ["no pipeline", `${base}/merge_requests/7/pipelines`, [], "the merge request had no pipeline"],
    ["no such job", `${base}/pipelines/5/jobs`, [], "has no job `preview: [dev]`"],
    ["a failed preview", `${base}/pipelines/5/jobs`, [{ ...jobs[0], status: "failed" }], "did not succeed"],
  ])("is refused with %s", async (_, path, answer, message) => {
    answers[path] = answer;
    await expect(find()).rejects.toThrow(PlanRefusal);
    await expect(find()).rejects.toThrow(message);
  });

  it("that has expired is a mistake to mend, and so is one that was written by something else", async () => {
    answers[`${base}/jobs/9/artifacts/plans/dev/origin.json`] = { version: 2 };
    await expect(find()).rejects.toThrow("this is no plan of `factory plan`");
    answers = { ...answers, [`${base}/jobs/9/artifacts/plans/dev/origin.json`]: undefined };
    await expect(find()).rejects.toThrow("whose artifacts may have expired");
  });
});
