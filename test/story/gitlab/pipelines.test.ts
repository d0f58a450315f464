import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Told, PipelinesLab } from "./pipelines-lab";

let lab: PipelinesLab;
beforeAll(async () => {
  lab = await PipelinesLab.start();
});
afterAll(() => lab.dispose());

const jobPath = (project: number, { id }: Told, rest: string): string =>
  `/projects/${String(project)}/jobs/${String(id)}${rest}`;

describe("a pipeline", () => {
  it("runs its jobs by stages, and hands on artifacts and the variables of dotenv reports", async () => {
    const project = await lab.project("handing-on", {
      ".gitlab-ci.yml": `
stages: [build, test]
make:
  stage: build
  image: alpine:3
  script:
    - mkdir -p dist/inner && echo made > dist/inner/a.txt && echo no > dist/b.tmp
    - echo "VERSION=1.2" > build.env
  artifacts: { paths: [dist], exclude: [dist/*.tmp], reports: { dotenv: build.env } }
look:
  stage: test
  script: ['echo "version $VERSION, $(cat dist/inner/a.txt)"', "ls dist"]
`,
    });
    const { id, status } = await lab.run(project);
    expect(status).toBe("success");
    const { make, look } = await lab.jobs(project, id);
    expect([make?.stage, look?.stage]).toEqual(["build", "test"]);
    expect(await lab.trace(project, id, "look")).toMatch(/^version 1\.2, made$/m);
    expect(await lab.trace(project, id, "look")).not.toContain("b.tmp");
    expect(await lab.trace(project, id, "make")).toContain("image alpine:3 is left out");
    const file = await lab.ask("GET", jobPath(project, make as Told, "/artifacts/dist/inner/a.txt"));
    expect([file.status, file.bytes.toString()]).toEqual([200, "made\n"]);
    expect(unpacked((await lab.ask("GET", jobPath(project, make as Told, "/artifacts"))).bytes)).toEqual([
      "dist/inner/a.txt",
      "made\n",
    ]);
  });

  it("fails with its job, runs what is for failures, skips the rest, and passes what may fail", async () => {
    const project = await lab.project("failing", {
      ".gitlab-ci.yml": `
stages: [one, two]
wrong: { stage: one, script: [echo before, exit 7, echo after] }
odd: { stage: one, script: [exit 3], allow_failure: { exit_codes: [3] } }
never: { stage: two, script: [echo no] }
rescue: { stage: two, script: [echo rescued], when: on_failure }
`,
    });
    const { id, status } = await lab.run(project);
    const jobs = await lab.jobs(project, id);
    const states = Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.status]));
    expect({ status, ...states }).toEqual({
      status: "failed",
      wrong: "failed",
      odd: "failed",
      never: "skipped",
      rescue: "success",
    });
    expect(jobs["wrong"]?.failure_reason).toBe("script_failure");
    const trace = await lab.trace(project, id, "wrong");
    expect(trace).toContain("ERROR: Job failed: exit code 7");
    expect(trace).not.toMatch(/^after$/m);
  });

  it("waits for a manual job, which is played with variables of its own", async () => {
    const project = await lab.project("by-hand", {
      ".gitlab-ci.yml": `
stages: [one, two]
ask: { stage: one, script: ['echo "said $WORD"'], when: manual, allow_failure: false }
then: { stage: two, script: [echo on] }
`,
    });
    const { id } = await lab.must("POST", `/projects/${String(project)}/pipeline`, { ref: "main" });
    await lab.pipeline(project, id, ["manual"]);
    const { ask } = await lab.jobs(project, id);
    const variables = [{ key: "WORD", value: "please" }];
    await lab.must("POST", jobPath(project, ask as Told, "/play"), { job_variables_attributes: variables });
    expect((await lab.pipeline(project, id)).status).toBe("success");
    expect(await lab.trace(project, id, "ask")).toMatch(/^said please$/m);
    const again = await lab.ask("POST", jobPath(project, ask as Told, "/play"));
    expect([again.status, again.body]).toEqual([400, { message: "400 Bad request - Unplayable Job" }]);
  });

  it("is canceled with all that its job has started", async () => {
    const file = join(lab.folder, "pid");
    const project = await lab.project("endless", {
      ".gitlab-ci.yml": `sleep: { script: ["sleep 3000 & echo $! > ${file}.new && mv ${file}.new ${file}; wait"] }`,
    });
    const { id } = await lab.must("POST", `/projects/${String(project)}/pipeline`, { ref: "main" });
    const pid = await lab.whenThere(file);
    await lab.must("POST", `/projects/${String(project)}/pipelines/${String(id)}/cancel`);
    expect((await lab.pipeline(project, id)).status).toBe("canceled");
    expect((await lab.jobs(project, id))["sleep"]?.status).toBe("canceled");
    await lab.untilGone(Number(pid));
  });

  it("is retried: what failed runs again, and what was skipped for it follows", async () => {
    const project = await lab.project("retried", {
      ".gitlab-ci.yml": `
stages: [one, two]
first: { stage: one, script: ["test -e ${join(lab.folder, "good")}"] }
second: { stage: two, script: [echo done] }
`,
    });
    const { id, status } = await lab.run(project);
    expect(status).toBe("failed");
    const before = await lab.jobs(project, id);
    writeFileSync(join(lab.folder, "good"), "");
    await lab.must("POST", `/projects/${String(project)}/pipelines/${String(id)}/retry`);
    expect((await lab.pipeline(project, id, ["success", "canceled"])).status).toBe("success");
    const after = await lab.jobs(project, id);
    expect(after["first"]?.id).not.toBe(before["first"]?.id);
    expect(after["second"]?.status).toBe("success");
  });
});

describe("the double", () => {
  it("runs two pipelines at once, each in a checkout of its own", async () => {
    const meet = join(lab.folder, "meet");
    // Each waits for the other: one after the other they would never end.
    const wait = `touch ${meet}-$ME; until [ -e ${meet}-$OTHER ]; do sleep 0.1; done; echo $ME > me; sleep 0.2; cat me`;
    const project = await lab.project("two", { ".gitlab-ci.yml": `meet: { script: ["${wait}"] }` });
    const [a, b] = await Promise.all([
      lab.run(project, { ME: "a", OTHER: "b" }),
      lab.run(project, { ME: "b", OTHER: "a" }),
    ]);
    expect([a.status, b.status]).toEqual(["success", "success"]);
    expect(await lab.trace(project, a.id, "meet")).toMatch(/^a$/m);
    expect(await lab.trace(project, b.id, "meet")).toMatch(/^b$/m);
  });

  it("is started again: what ran has failed and its processes are gone, and what is new runs", async () => {
    const file = join(lab.folder, "long");
    const project = await lab.project("restarted", {
      ".gitlab-ci.yml": `
long: { script: ["echo $$ > ${file}.new && mv ${file}.new ${file}; sleep 3000"], rules: [{ if: $LONG }] }
short: { script: [echo short], rules: [{ if: $LONG == null }] }
`,
    });
    const variables = [{ key: "LONG", value: "yes" }];
    const { id } = await lab.must("POST", `/projects/${String(project)}/pipeline`, { ref: "main", variables });
    const pid = await lab.whenThere(file);
    await lab.end();
    await lab.untilGone(Number(pid));
    await lab.begin();
    expect((await lab.pipeline(project, id)).status).toBe("failed");
    expect((await lab.jobs(project, id))["long"]?.failure_reason).toBe("runner_system_failure");
    expect((await lab.run(project)).status).toBe("success");
  });
});

/** The only file of an archive, as Python's own reader of archives finds it: its path and what is in it. */
function unpacked(archive: Buffer): string[] {
  const folder = mkdtempSync(join(tmpdir(), "archive-"));
  try {
    const file = join(folder, "artifacts.zip");
    writeFileSync(file, archive);
    const names = execFileSync("python3", ["-m", "zipfile", "-l", file], { encoding: "utf8" }).split("\n").slice(1);
    execFileSync("python3", ["-m", "zipfile", "-e", file, folder]);
    const [name = ""] = names.filter((line) => line !== "").map((line) => line.split(/\s+/)[0] ?? "");
    return [name, readFileSync(join(folder, name), "utf8")];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
