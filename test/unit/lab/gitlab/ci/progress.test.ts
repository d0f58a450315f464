import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { cancelRedundant } from "../../../../../lab/gitlab/ci/auto-cancel";
import { noteDeployment } from "../../../../../lab/gitlab/ci/deployments";
import { jobMessage, pipelineMessage } from "../../../../../lab/gitlab/ci/hook-messages";
import { advance, changeJob, suppliers } from "../../../../../lab/gitlab/ci/progress";
import type { JobQueue } from "../../../../../lab/gitlab/ci/queue";
import { retryJob } from "../../../../../lab/gitlab/ci/retry";
import { FakePipelines } from "./fake-pipelines";

// No job is to be run: nobody looks after the queue.
vi.useFakeTimers({ toFake: ["setInterval"] });

let fake: FakePipelines;
beforeAll(async () => {
  fake = await FakePipelines.start();
});
afterAll(async () => {
  await fake.double.stop();
  vi.useRealTimers();
});

const need = (job: string, artifacts = true): { job: string; artifacts: boolean; optional: boolean } => ({
  job,
  artifacts,
  optional: false,
});

describe("a pipeline that goes on", () => {
  it("starts a stage once the one before is over, and what has needs once these are", () => {
    const pipeline = fake.pipeline();
    const a = fake.job(pipeline, "a");
    const b = fake.job(pipeline, "b");
    fake.job(pipeline, "next", { stage: "two" });
    fake.job(pipeline, "early", { stage: "three" }, { needs: [need("a")] });
    advance(fake.context, pipeline.id);
    expect(fake.states(pipeline)).toEqual({ a: "pending", b: "pending", next: "created", early: "created" });
    changeJob(fake.context, a.id, { status: "success" });
    advance(fake.context, pipeline.id);
    expect(fake.states(pipeline)).toMatchObject({ next: "created", early: "pending" });
    changeJob(fake.context, b.id, { status: "failed" });
    advance(fake.context, pipeline.id);
    expect(fake.states(pipeline)).toMatchObject({ next: "skipped", early: "pending" });
    expect(fake.context.store.pipelines.need(pipeline.id).status).toBe("running");
  });

  it("goes on behind a job that is run again", () => {
    const pipeline = fake.pipeline();
    const a = fake.job(pipeline, "a", { status: "pending" });
    fake.job(pipeline, "next", { stage: "two" });
    changeJob(fake.context, a.id, { status: "failed", failure_reason: "script_failure" });
    advance(fake.context, pipeline.id);
    expect(fake.context.store.pipelines.need(pipeline.id)).toMatchObject({ status: "failed" });
    const again = retryJob(fake.context, fake.context.store.jobs.need(a.id), 1);
    expect(again).toMatchObject({ status: "pending", failure_reason: null, finished_at: null });
    expect(fake.states(pipeline)).toEqual({ a: "pending", next: "created" });
    changeJob(fake.context, again.id, { status: "success" });
    advance(fake.context, pipeline.id);
    expect(fake.states(pipeline)).toEqual({ a: "success", next: "pending" });
  });

  it("hands a job what it needs or depends on, those that `parallel` made of one included", () => {
    const pipeline = fake.pipeline();
    const jobs = ["make 1/2", "make 2/2", "other"].map((name) => fake.job(pipeline, name));
    const from = (does: object): string[] => {
      const job = fake.job(pipeline, "last", { stage: "two" }, does);
      return suppliers(pipeline, [...jobs, job], job).map(({ name }) => name);
    };
    expect(from({})).toEqual(["make 1/2", "make 2/2", "other"]);
    expect(from({ dependencies: [] })).toEqual([]);
    expect(from({ dependencies: ["other"] })).toEqual(["other"]);
    expect(from({ needs: [need("make"), need("other", false)] })).toEqual(["make 1/2", "make 2/2"]);
  });
});

describe("a pipeline for a newer commit", () => {
  it("cancels older ones of its branch that have not started, and those that may be interrupted", () => {
    const canceled: number[] = [];
    const queue = { cancel: (id: number) => canceled.push(id) } as unknown as JobQueue;
    const began = "2026-01-01T00:00:00.000Z";
    const ref = "busy";
    const waiting = fake.job(fake.pipeline({ ref }), "waiting", { status: "pending" });
    fake.job(fake.pipeline({ ref }), "running", { status: "running", started_at: began });
    const soft = { status: "running", started_at: began } as const;
    const yielding = fake.job(fake.pipeline({ ref }), "yielding", soft, { interruptible: true });
    fake.job(fake.pipeline({ ref: "elsewhere" }), "elsewhere", { status: "pending" });
    cancelRedundant(fake.context, queue, fake.pipeline({ ref }));
    expect(canceled).toEqual([]);
    const newer = fake.pipeline({ ref, sha: "b".repeat(40) });
    cancelRedundant(fake.context, queue, { ...newer, source: "schedule" });
    expect(canceled).toEqual([]);
    cancelRedundant(fake.context, queue, newer);
    expect(canceled).toEqual([waiting.id, yielding.id]);
  });
});

describe("a job with an environment", () => {
  it("deploys there only where it starts it, and ends it where it stops it", () => {
    const { environments } = fake.context.store;
    const of = (action: "access" | "start" | "stop"): ReturnType<typeof fake.job> => {
      return fake.job(fake.pipeline(), action, { environment: { name: "prod", action, url: "https://shop.example" } });
    };
    noteDeployment(fake.context, of("access"));
    expect(environments.all()).toEqual([]);
    const job = of("start");
    noteDeployment(fake.context, job);
    expect(environments.all()).toMatchObject([
      { name: "prod", tier: "production", last_job_id: job.id, state: "available" },
    ]);
    noteDeployment(fake.context, of("stop"));
    expect(environments.all()).toMatchObject([{ state: "stopped", last_job_id: job.id }]);
  });
});

describe("what hooks are told", () => {
  it("is a pipeline with its jobs, and a job, with times as GitLab writes them", async () => {
    const finished_at = "2026-01-01T00:01:30.500Z";
    const started_at = "2026-01-01T00:00:30.000Z";
    const pipeline = fake.pipeline({ status: "success", started_at, finished_at });
    const job = fake.job(pipeline, "build", { status: "success", started_at, finished_at, stage: "two" });
    const told = await pipelineMessage(fake.context, pipeline);
    expect([told.event, told.header]).toEqual(["pipeline_events", "Pipeline Hook"]);
    expect(told.body).toMatchObject({
      object_attributes: { stages: ["two"], duration: 60.5, finished_at: "2026-01-01 00:01:30 UTC" },
      commit: null,
      builds: [{ id: job.id, name: "build" }],
    });
    const ofJob = await jobMessage(fake.context, job);
    expect(ofJob.body).toMatchObject({ object_kind: "build", build_started_at: "2026-01-01 00:00:30 UTC" });
  });
});
