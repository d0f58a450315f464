import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually";
import { PipelinesLab, type Told } from "./pipelines-lab";

let lab: PipelinesLab;
beforeAll(async () => {
  lab = await PipelinesLab.start();
});
afterAll(() => lab.dispose());

const echo = `tell: { script: ['echo "$CI_PIPELINE_SOURCE $CI_COMMIT_REF_NAME tag=$CI_COMMIT_TAG name=$NAME"'] }\n`;

describe("a push", () => {
  it("starts a pipeline at its commit, by the CI file that the project names", async () => {
    const settings = { ci_config_path: ".gitlab-ci-dso.yml" };
    const project = await lab.project("pushed", { ".gitlab-ci.yml": "no: { script: [exit 1] }" }, settings);
    const sha = await lab.commit(project, { ".gitlab-ci-dso.yml": echo });
    const made = await lab.pipelineOf(project, sha);
    expect([made.ref, made.source]).toEqual(["main", "push"]);
    expect((await lab.pipeline(project, made.id)).status).toBe("success");
    expect(await lab.trace(project, made.id, "tell")).toMatch(/^push main tag= name=$/m);
    await lab.must("POST", `/projects/${String(project)}/repository/tags`, { tag_name: "v1", ref: "main" });
    const tagged = await eventually(
      async () => (await lab.must<Told[]>("GET", `/projects/${String(project)}/pipelines?ref=v1`))[0],
      () => "the tag has started no pipeline",
      180_000,
    );
    await lab.pipeline(project, tagged.id);
    expect(await lab.trace(project, tagged.id, "tell")).toMatch(/^push v1 tag=v1 name=$/m);
  });

  it("makes a skipped pipeline where its message says so, and a failed one of a broken CI file", async () => {
    const project = await lab.project("broken", { ".gitlab-ci.yml": echo });
    const skipped = await eventually(
      async () => (await lab.must<Told[]>("GET", `/projects/${String(project)}/pipelines`))[0],
      () => "the first commit has no pipeline",
    );
    expect(skipped.status).toBe("skipped");
    const sha = await lab.commit(project, { ".gitlab-ci.yml": "tell: { stage: nowhere, script: [echo] }" });
    const made = await lab.pipelineOf(project, sha);
    expect(made.status).toBe("failed");
    const { yaml_errors } = await lab.must("GET", `/projects/${String(project)}/pipelines/${String(made.id)}`);
    expect(yaml_errors).toBe("tell job: chosen stage nowhere does not exist");
    const byApi = await lab.ask("POST", `/projects/${String(project)}/pipeline`, { ref: "main" });
    expect([byApi.status, byApi.body]).toEqual([400, { message: { base: [yaml_errors] } }]);
  });

  it("has its pipeline before that of a later push, also where the later one is made in no time", async () => {
    const project = await lab.project("close", { ".gitlab-ci.yml": echo });
    const first = await lab.commit(project, { "one.txt": "planned" });
    const second = await lab.commit(project, { "two.txt": "not planned" }, "second [skip ci]");
    const [late, early] = [await lab.pipelineOf(project, second), await lab.pipelineOf(project, first)];
    expect(late.status).toBe("skipped");
    expect(early.id).toBeLessThan(late.id);
  });

  it("lets rules decide, those of the whole pipeline first", async () => {
    const project = await lab.project("ruled", {
      ".gitlab-ci.yml": `
workflow: { rules: [{ if: $CI_PIPELINE_SOURCE == "push", when: never }, { when: always }] }
main: { script: [echo], rules: [{ if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $NAME =~ /^sh/', variables: { A: b } }] }
file: { script: [echo], rules: [{ exists: [none.txt] }] }
`,
    });
    const { id } = await lab.run(project, { NAME: "shop" });
    expect(Object.keys(await lab.jobs(project, id))).toEqual(["main"]);
    const none = await lab.ask("POST", `/projects/${String(project)}/pipeline`, { ref: "main" });
    expect([none.status, JSON.stringify(none.body)]).toEqual([400, expect.stringContaining("prevented any jobs")]);
  });
});

describe("a trigger", () => {
  it("starts a pipeline with variables by JSON, by a form and by the query", async () => {
    const project = await lab.project("triggered", { ".gitlab-ci.yml": echo });
    const { token } = await lab.must("POST", `/projects/${String(project)}/triggers`, { description: "mirror" });
    expect(token).toMatch(/^glptt-/);
    const url = `${lab.gitlab.url}/api/v4/projects/${String(project)}`;
    const form = new URLSearchParams({ token, ref: "main", "variables[NAME]": "form" });
    const answers = await Promise.all([
      fetch(`${url}/trigger/pipeline`, { method: "POST", body: form }),
      fetch(`${url}/trigger/pipeline`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ token, ref: "main", variables: { NAME: "json" } }),
      }),
      fetch(`${url}/ref/main/trigger/pipeline?token=${token}&variables%5BNAME%5D=query`, { method: "POST" }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    const names = ["form", "json", "query"];
    for (const [index, answer] of answers.entries()) {
      const { id, source } = (await answer.json()) as Told;
      expect(source).toBe("trigger");
      expect((await lab.pipeline(project, id)).status).toBe("success");
      expect(await lab.trace(project, id, "tell")).toContain(`trigger main tag= name=${String(names[index])}\n`);
    }
  });

  it("is refused without a good token, for an unknown ref and where there is no CI file", async () => {
    const project = await lab.project("refused", { "README.md": "none" });
    const { token } = await lab.must("POST", `/projects/${String(project)}/triggers`, { description: "mirror" });
    const start = async (body: object): Promise<[number, unknown]> => {
      const answer = await lab.ask("POST", `/projects/${String(project)}/trigger/pipeline`, body, {});
      return [answer.status, answer.body];
    };
    expect(await start({ token: "glptt-wrong", ref: "main" })).toEqual([404, { message: "404 Not Found" }]);
    expect(await start({ token, ref: "gone" })).toEqual([400, { message: { base: ["Reference not found"] } }]);
    expect(await start({ token, ref: "main" })).toEqual([400, { message: { base: ["Missing CI config file"] } }]);
    expect(await start({ ref: "main" })).toEqual([400, { error: "token is missing" }]);
  });
});

describe("a schedule", () => {
  it("starts its pipeline when its time has come by the double's clock, and tells the next one", async () => {
    const project = await lab.project("scheduled", { ".gitlab-ci.yml": echo });
    lab.setClock(new Date("2031-05-01T01:00:00Z"));
    const path = `/projects/${String(project)}/pipeline_schedules`;
    const fields = { description: "nightly", ref: "main", cron: "0 4 * * *", cron_timezone: "Europe/Paris" };
    const made = await lab.must<Told & { next_run_at: string }>("POST", path, fields);
    expect(made.next_run_at).toBe("2031-05-01T02:00:00.000Z");
    await lab.must("POST", `${path}/${String(made.id)}/variables`, { key: "NAME", value: "shop" });
    lab.setClock(new Date("2031-05-01T02:00:05Z"));
    const started = await eventually(
      async () => (await lab.must<Told[]>("GET", `${path}/${String(made.id)}/pipelines`))[0],
      () => "the schedule has started no pipeline",
      180_000,
    );
    expect((await lab.pipeline(project, started.id)).status).toBe("success");
    expect(await lab.trace(project, started.id, "tell")).toContain("schedule main tag= name=shop\n");
    const now = await lab.must<{ next_run_at: string }>("GET", `${path}/${String(made.id)}`);
    expect(now.next_run_at).toBe("2031-05-02T02:00:00.000Z");
    const wrong = await lab.ask("POST", path, { ...fields, cron: "often" });
    expect([wrong.status, wrong.body]).toEqual([400, { message: { cron: ["syntax is invalid"] } }]);
  });
});

describe("a merge request", () => {
  it("has a pipeline of its own where a rule asks for one", async () => {
    const project = await lab.project("merged", {
      ".gitlab-ci.yml": `
check:
  script: ['echo "request $CI_MERGE_REQUEST_IID from $CI_MERGE_REQUEST_SOURCE_BRANCH_NAME branch=$CI_COMMIT_BRANCH"']
  rules: [{ if: $CI_PIPELINE_SOURCE == "merge_request_event" }]
`,
    });
    const path = `/projects/${String(project)}`;
    await lab.must("POST", `${path}/repository/branches`, { branch: "idea", ref: "main" });
    await lab.must("POST", `${path}/repository/files/a.txt`, { branch: "idea", content: "a", commit_message: "idea" });
    const request = { source_branch: "idea", target_branch: "main", title: "An idea" };
    const { iid } = await lab.must<{ iid: number }>("POST", `${path}/merge_requests`, request);
    const made = await eventually(
      async () => (await lab.must<Told[]>("GET", `${path}/merge_requests/${String(iid)}/pipelines`))[0],
      () => "the merge request has no pipeline",
      180_000,
    );
    expect([made.ref, made.source]).toEqual([`refs/merge-requests/${String(iid)}/head`, "merge_request_event"]);
    expect((await lab.pipeline(project, made.id)).status).toBe("success");
    expect(await lab.trace(project, made.id, "check")).toContain(`request ${String(iid)} from idea branch=\n`);
  });
});

describe("CI lint", () => {
  it("tells the jobs of a good file and what is wrong with a bad one", async () => {
    const project = await lab.project("linted", { ".gitlab-ci.yml": echo });
    const path = `/projects/${String(project)}/ci/lint`;
    expect(await lab.must("GET", `${path}?include_jobs=true`)).toMatchObject({
      valid: true,
      errors: [],
      jobs: [{ name: "tell" }],
    });
    const bad = await lab.must("POST", path, { content: "tell: [" });
    expect(bad).toMatchObject({ valid: false, errors: [expect.stringContaining("(<unknown>): ")] });
  });
});
