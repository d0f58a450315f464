import { afterAll, beforeAll, expect, it } from "vitest";
import { WebhookSink } from "../support/webhook-sink";
import { PipelinesLab } from "./pipelines-lab";

let lab: PipelinesLab;
beforeAll(async () => {
  lab = await PipelinesLab.start();
});
afterAll(() => lab.dispose());

it("a job finds what an earlier one has put into the cache, and its pipeline has the name that the file gives it", async () => {
  const project = await lab.project("cached", {
    ".gitlab-ci.yml": `
workflow: { name: count for $NAME }
variables: { NAME: nobody }
count:
  script: ["mkdir -p kept/inner && echo run >> kept/inner/runs", "wc -l < kept/inner/runs"]
  cache: { key: runs-$NAME, paths: [kept/] }
`,
  });
  const first = await lab.run(project, { NAME: "shop" });
  expect([first.status, first.name]).toEqual(["success", "count for shop"]);
  const [second, other] = [await lab.run(project, { NAME: "shop" }), await lab.run(project, { NAME: "other" })];
  expect(await lab.trace(project, second.id, "count")).toMatch(/^2$/m);
  expect(await lab.trace(project, other.id, "count")).toMatch(/^1$/m);
});

it("a log has both streams of a script in their order, and what after_script says behind them", async () => {
  const project = await lab.project("ordered", {
    ".gitlab-ci.yml": `
speak:
  before_script: [echo one]
  script: ["echo two >&2; echo three; echo four >&2", "(exit 5)"]
  after_script: ['echo "after $CI_JOB_STATUS"']
`,
  });
  const { id, status } = await lab.run(project);
  const lines = (await lab.trace(project, id, "speak"))
    .split("\n")
    .filter((line) => /^(one|two|three|four|after \w+)$/.test(line));
  expect([status, ...lines]).toEqual(["failed", "one", "two", "three", "four", "after failed"]);
});

it("jobs of one resource group run one after another, and the rest beside them", async () => {
  const [inside, beside] = ["inside", "beside"].map((name) => `${lab.folder}/${name}`);
  const project = await lab.project("grouped", {
    ".gitlab-ci.yml": `
.alone:
  resource_group: only-one
  script: ["mkdir ${String(inside)}", "until [ -e ${String(beside)} ]; do sleep 0.1; done", "rmdir ${String(inside)}"]
a: { extends: .alone }
b: { extends: .alone }
c: { script: ["until [ -e ${String(inside)} ]; do sleep 0.1; done", "touch ${String(beside)}"] }
`,
  });
  const { id, status } = await lab.run(project);
  const jobs = Object.values(await lab.jobs(project, id));
  expect([status, ...jobs.map((job) => job.status)]).toEqual(["success", "success", "success", "success"]);
});

it("hooks are told of a pipeline and its jobs, by the events that they want", async () => {
  const sink = await WebhookSink.start("/refused");
  try {
    const project = await lab.project("hooked", { ".gitlab-ci.yml": "tell: { script: [echo told] }" });
    const hook = {
      url: `${sink.url}/ci`,
      push_events: false,
      pipeline_events: true,
      job_events: true,
      token: "shared",
    };
    await lab.must("POST", `/projects/${String(project)}/hooks`, hook);
    const { id } = await lab.run(project);
    const told = await sink.until(({ headers, body }) => {
      return headers["x-gitlab-event"] === "Pipeline Hook" && body.includes('"status":"success"');
    });
    expect(told.headers["x-gitlab-token"]).toBe("shared");
    expect(JSON.parse(told.body)).toMatchObject({
      object_kind: "pipeline",
      object_attributes: {
        id,
        status: "success",
        detailed_status: "passed",
        ref: "main",
        source: "api",
        stages: ["test"],
      },
      project: { id: project, path_with_namespace: "root/hooked" },
      builds: [{ name: "tell", status: "success" }],
    });
    const job = await sink.until(({ body }) => body.includes('"build_status":"success"'));
    expect(job.headers["x-gitlab-event"]).toBe("Job Hook");
    expect(JSON.parse(job.body)).toMatchObject({ object_kind: "build", build_name: "tell", pipeline_id: id });
  } finally {
    await sink.dispose();
  }
});
