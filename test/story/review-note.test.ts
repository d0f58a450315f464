import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setOutage } from "../../lab/gitlab/outage";
import { eventStream, type Around, type Change } from "../unit/delivery/preview/support/preview-files";
import { projectChange, quotaChange } from "../unit/delivery/review/support/shop";
import { Double } from "../unit/lab/gitlab/support/double";
import { addMember, makePerson, type Person } from "../unit/lab/gitlab/support/people";

const factory = join(__dirname, "..", "..", "bin", "factory.js");

interface Note {
  readonly id: number;
  readonly body: string;
  readonly author: { readonly id: number };
}

/** Jobs of merge requests run `factory review --note`, as GitLab's CI would start them. */
describe("The review of a merge request", { timeout: 300_000 }, () => {
  let double: Double;
  let folder: string;
  let bot: Person;
  let developer: Person;
  let project: string;
  let iid: number;

  beforeAll(async () => {
    double = await Double.start();
    folder = mkdtempSync(join(tmpdir(), "gitops-factory-review-"));
    const { id } = await double.make<{ id: number }>("POST", "/projects", { name: "f", initialize_with_readme: true });
    project = `projects/${String(id)}`;
    [bot, developer] = [await makePerson(double, "factory-bot"), await makePerson(double, "dora")];
    for (const person of [bot, developer]) await addMember(double, project, person, 30);
  });

  afterAll(async () => {
    await double?.stop();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    const branch = `change-${String(Date.now())}`;
    const actions = [{ action: "create", file_path: `${branch}.yaml`, content: "a: 1\n" }];
    const commit = { branch, start_branch: "main", commit_message: branch, actions };
    await double.make("POST", `/${project}/repository/commits`, commit);
    const request = { source_branch: branch, target_branch: "main", title: branch };
    iid = (await double.make<{ iid: number }>("POST", `/${project}/merge_requests`, request)).iid;
  });

  const notesPath = () => `/${project}/merge_requests/${String(iid)}/notes`;

  const notes = () => double.make<Note[]>("GET", `${notesPath()}?sort=asc&per_page=100`);

  function preview(stack: string, changes: Change[], around: Around = {}): string {
    const file = join(folder, `preview-${stack}.json`);
    writeFileSync(file, eventStream(changes, { stack, ...around }));
    return file;
  }

  async function review(
    pipeline: number,
    files: string[],
    { token = bot.token, flags = [] as string[], onError = undefined as ((said: string) => void) | undefined } = {},
  ) {
    const child = spawn(process.execPath, [factory, "review", ...files, "--note", ...flags], {
      cwd: folder,
      env: {
        ...process.env,
        CI_API_V4_URL: `${double.gitlab.url}/api/v4`,
        CI_PROJECT_ID: project.slice("projects/".length),
        CI_MERGE_REQUEST_IID: String(iid),
        CI_PROJECT_URL: `${double.gitlab.url}/root/f`,
        CI_PIPELINE_ID: String(pipeline),
        CI_JOB_ID: "1",
        CI_JOB_URL: "https://gitlab.example/-/jobs/1",
        FACTORY_GITLAB_TOKEN: token,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const code = new Promise<number | null>((resolve) => child.once("close", resolve));
    child.stderr.on("data", (chunk: Buffer) => {
      onError?.(chunk.toString());
    });
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, out, err };
  }

  const quota = (to: string) => [quotaChange({ pods: "1" }, { pods: to })];

  it("is one note, which the next pipeline brings up to date", async () => {
    const first = await review(1, [preview("dev", [projectChange("create")])]);
    expect(first).toMatchObject({ code: 0, out: "Adds the project acme/shop to dev; nothing is deleted.\n" });
    const [note] = await notes();
    expect(first.err).toBe(
      `created: ${double.gitlab.url}/root/f/-/merge_requests/${String(iid)}#note_${String(note?.id)}\n`,
    );
    expect((await review(2, [preview("dev", quota("2"))])).err).toMatch(/^updated: /);
    const later = await notes();
    expect(later.map(({ id }) => id)).toEqual([note?.id]);
    expect(later[0]?.body).toMatch(/^Changes the quota of `acme\/shop` in `dev`; nothing is deleted\.\n/);
  });

  it("is found behind hundreds of others, and never in somebody else's note", async () => {
    const mark = "\n\n<!-- gitops-factory:review pipeline=999999 job=1 -->";
    await double.make("POST", notesPath(), { body: `not a review${mark}` }, developer.token);
    await review(1, [preview("dev", quota("2"))]);
    for (let number = 0; number < 120; number += 1) {
      await double.make("POST", notesPath(), { body: `talk ${String(number)}` }, bot.token);
    }
    await review(2, [preview("dev", quota("3"))]);
    const found = await double.make<Note[]>("GET", `${notesPath()}?sort=asc&per_page=5`);
    expect(found[0]?.body).toBe(`not a review${mark}`);
    expect(found[1]?.body).toContain("quota `pods` `1` → `3`");
    const last = await double.make<Note[]>("GET", `${notesPath()}?sort=desc&per_page=1`);
    expect(last[0]?.body).toBe("talk 119");
  });

  it("is one note when jobs write it at the same time, and the newest pipeline's stays", async () => {
    const file = preview("dev", quota("2"));
    const runs = await Promise.all([4, 6, 5].map((pipeline) => review(pipeline, [file])));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    const found = await notes();
    expect(found).toHaveLength(1);
    expect(found[0]?.body).toContain("pipeline=6 ");
    expect((await review(3, [file])).err).toMatch(/^a later pipeline's review is there and stays: /);
  });

  it("says that a preview failed or is blocked, and ends with 3", async () => {
    const policies = [{ policyName: "no", enforcementLevel: "mandatory", message: "too much", resourceUrn: "" }];
    const broken = join(folder, "preview-prod.json");
    writeFileSync(broken, '{"config": {');
    const run = await review(1, [preview("dev", quota("2"), { policies }), broken]);
    expect(run.code).toBe(3);
    expect(run.err).toMatch(/^error: .*preview-prod\.json: the preview of the stack prod has failed\n/);
    const [note] = await notes();
    expect(note?.body).toMatch(/^The preview of `prod` has failed; blocked by policy in `dev`; changes the quota/);
    expect(note?.body).toContain("is cut off or no JSON");
  });

  it("keeps within what people read, and has the whole as the job's artifact", async () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      quotaChange({ pods: "1" }, { pods: "2" }, { project: `project-${String(index)}` }),
    );
    await review(1, [preview("dev", many)], { flags: ["--output", "review.md"] });
    const [note] = await notes();
    expect(note?.body.length).toBeLessThan(100_200);
    expect(note?.body).toContain("[the whole](<https://gitlab.example/-/jobs/1/artifacts/file/review.md>)");
    expect(readFileSync(join(folder, "review.md"), "utf8")).toContain("acme/project-2999");
  });

  it.each([
    [401, () => ({ token: "glpat-wrong" }), /GitLab does not take the token: it is wrong, revoked or expired/],
    [
      404,
      async () => ({ token: (await makePerson(double, `stranger-${String(iid)}`)).token }),
      /there is no such merge-request, or the token may not see it/,
    ],
  ])("cannot be written with a token that is refused with %i, and says what to do", async (_, whose, words) => {
    const run = await review(1, [preview("dev", quota("2"))], await whose());
    expect(run.code).toBe(1);
    expect(run.err).toMatch(words);
    expect(run.err).toMatch(/fix: .*the scope api and the role Reporter/);
    expect(run.err).not.toContain("glpat-wrong");
    expect(run.out).toBe("Changes the quota of acme/shop in dev; nothing is deleted.\n");
  });

  it("cannot be written with a token that may only read", async () => {
    const reader = await makePerson(double, `reader-${String(iid)}`, ["read_api"]);
    await addMember(double, project, reader, 20);
    const run = await review(1, [preview("dev", quota("2"))], { token: reader.token });
    expect(run).toMatchObject({
      code: 1,
      err: expect.stringContaining("the token's scope does not cover this") as string,
    });
  });

  it("is written once GitLab is back", async () => {
    setOutage(double.gitlab.context.paths, { all: "bad gateway" });
    const onError = (said: string): void => {
      if (said.includes("GitLab is away")) setOutage(double.gitlab.context.paths);
    };
    const run = await review(1, [preview("dev", quota("2"))], { onError });
    expect(run).toMatchObject({ code: 0, err: expect.stringContaining("GitLab answers again") as string });
    expect(await notes()).toHaveLength(1);
  });
});
