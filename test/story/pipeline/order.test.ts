import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import type { Told } from "../gitlab/pipelines-lab";
import { eventually } from "../support/eventually";
import { PlatformRepository } from "./platform-repository";

const template = "templates/factory/factory.gitlab-ci.yml";
const root = join(__dirname, "..", "..", "..");

/**
 * In the place of `factory`: says what it was asked, and keeps what `plan` would, which finds that prod has drifted; `apply`
 * waits where it is told to.
 */
const stub = `#!/bin/sh
echo "factory $*"
case $1 in
  plan)
    mkdir -p "plans/$STACK" && echo "$STACK" > "plans/$STACK/preview.json"
    case "$*" in *"--stack prod "*--expect-no-changes) exit 3 ;; esac ;;
  apply) if [ -n "$HOLD" ]; then touch "$HOLD/$CI_PIPELINE_ID"; while [ ! -e "$HOLD/go" ]; do sleep 0.1; done; fi ;;
esac
`;

let folder: string;
let platform: PlatformRepository;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gitops-factory-order-"));
  mkdirSync(join(folder, "clone", "templates", "factory"), { recursive: true });
  cpSync(join(root, template), join(folder, "clone", template));
  writeFileSync(join(folder, "clone", "factory.sh"), stub);
  const inputs = { setup: "true", factory: "sh ./factory.sh" };
  writeFileSync(join(folder, "clone", ".gitlab-ci.yml"), stringify({ include: [{ local: template, inputs }] }));
  platform = await PlatformRepository.create(join(folder, "clone"));
});
afterAll(async () => {
  await platform.dispose();
  rmSync(folder, { recursive: true });
});

const states = async (pipeline: number): Promise<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(await platform.gitlab.jobs(platform.project, pipeline)).map(([name, { status }]) => [name, status]),
  );

describe("The pipeline", () => {
  let main: Told;

  it("previews all stacks in a merge request, and reviews them together once", async () => {
    const iid = await platform.propose("one", { "catalog/a.yaml": "a\n" });
    const { id, status } = await platform.reviewed(iid);
    expect([status, await states(id)]).toEqual([
      "success",
      {
        validate: "success",
        promotion: "success",
        "preview: [dev]": "success",
        "preview: [staging]": "success",
        "preview: [prod]": "success",
        review: "success",
      },
    ]);
    expect(await platform.log(id, "preview: [prod]")).toContain(
      "factory plan --stack prod --policy-pack policies --output plans/prod",
    );
    expect(await platform.log(id, "review")).toContain(
      "factory review plans/dev/preview.json plans/prod/preview.json plans/staging/preview.json --note",
    );
    main = await platform.merge(iid);
    const path = `/projects/${String(platform.project)}/repository/commits/${main.sha}/merge_requests`;
    expect(await platform.gitlab.must("GET", path)).toMatchObject([
      { iid, state: "merged", merge_commit_sha: main.sha },
    ]);
  });

  it("updates dev after the merge, then staging by hand, then production by hand", async () => {
    await platform.job(main.id, "apply staging", ["manual"]);
    expect(await states(main.id)).toEqual({
      validate: "success",
      "apply development": "success",
      "apply staging": "manual",
      "apply production": "created",
    });
    const jobs = await platform.gitlab.jobs(platform.project, main.id);
    expect((await platform.press("play", jobs["apply production"] as Told)).status).toBe(400);
    expect((await platform.press("play", jobs["apply staging"] as Told)).status).toBe(200);
    const production = await platform.job(main.id, "apply production", ["manual"]);
    expect(await platform.log(main.id, "apply staging")).toContain("factory apply --stack staging");
    const environments = await platform.gitlab.must<{ name: string; tier: string }[]>(
      "GET",
      `/projects/${String(platform.project)}/environments`,
    );
    expect(environments.filter(({ name }) => !name.includes("/")).map(({ name, tier }) => [name, tier])).toEqual(
      expect.arrayContaining([
        ["dev", "development"],
        ["staging", "staging"],
        ["prod", "production"],
      ]),
    );
    const path = `/projects/${String(platform.project)}`;
    await platform.gitlab.must("POST", `${path}/protected_environments`, {
      name: "prod",
      deploy_access_levels: [{ access_level: 40 }],
    });
    const bot = await platform.gitlab.must("POST", `${path}/access_tokens`, {
      ...{ name: "developer", scopes: ["api"], access_level: 30 },
      expires_at: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
    });
    expect((await platform.press("play", production, { "private-token": bot.token })).status).toBe(403);
    expect((await platform.press("play", production)).status).toBe(200);
    expect((await platform.ended(main.id, ["success", "failed"])).status).toBe("success");
  });

  it("updates a stack by one pipeline at a time, and never cuts an update off", async () => {
    const hold = join(folder, "hold");
    mkdirSync(hold);
    await platform.variables({ HOLD: hold });
    const first = await platform.merge(await unreviewed("two"));
    await platform.gitlab.whenThere(join(hold, String(first.id)));
    const second = await platform.merge(await unreviewed("three"));
    await platform.job(second.id, "apply development", ["waiting_for_resource"]);
    expect((await platform.job(first.id, "apply development", ["running"])).status).toBe("running");
    writeFileSync(join(hold, "go"), "");
    expect((await platform.job(first.id, "apply development")).status).toBe("success");
    expect((await platform.job(second.id, "apply development")).status).toBe("success");
  });

  it("looks for drift in all stacks when a schedule says so, and updates none", async () => {
    const path = `/projects/${String(platform.project)}`;
    const { id } = await platform.gitlab.must("POST", `${path}/pipeline_schedules`, {
      ...{ description: "drift", ref: "main", cron: "0 3 * * *" },
    });
    await platform.gitlab.must("POST", `${path}/pipeline_schedules/${String(id)}/play`);
    const nightly = await eventually(
      async () => (await platform.gitlab.must<Told[]>("GET", `${path}/pipelines?source=schedule`))[0],
      () => "the schedule has started no pipeline",
    );
    expect((await platform.ended(nightly.id, ["success", "failed"])).status).toBe("failed");
    expect(await states(nightly.id)).toEqual({
      validate: "success",
      "drift: [dev]": "success",
      "drift: [staging]": "success",
      "drift: [prod]": "failed",
    });
    const said = await platform.log(nightly.id, "drift: [prod]");
    expect(said).toContain("factory review plans/prod/preview.json");
    expect(said).toContain("ERROR: Job failed: exit code 3");
  });

  const unreviewed = (name: string): Promise<number> => platform.propose(name, { [`catalog/${name}.yaml`]: "x\n" });
});
