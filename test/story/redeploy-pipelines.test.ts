import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setOutage } from "../../lab/gitlab/outage";
import { RedeployTeam, type RedeployEnded } from "./support/redeploy-team";
import { DeliveryWorld } from "./templates/delivery-world";

let world: DeliveryWorld;
let team: RedeployTeam;
let protection = "";

beforeAll(async () => {
  world = await DeliveryWorld.create();
  const { ids } = world;
  // The team delivers by hand: its own pipeline would do the same a second time.
  await world.team.must("DELETE", `/projects/${String(ids.api)}/repository/files/.gitlab-ci.yml`, {
    branch: "main",
    commit_message: "without a pipeline",
  });
  const [read = "", write = "", , look = "", trigger = ""] = world.secrets;
  protection = `/projects/${String(ids.deploy)}/protected_branches`;
  team = new RedeployTeam(
    {
      organisation: "acme",
      project: "shop",
      gitlab: { url: world.platform.gitlab.url, group: "acme" },
      app: { repository: "api", url: `${world.team.gitlab.url}/team/api.git` },
      infra: { repository: "deploy", url: `${world.team.gitlab.url}/team/deploy.git` },
      image: "harbor.example/acme/api",
      environments: { dev: { files: ["kustomization.yaml"] } },
    },
    { GITLAB_TOKEN: look, MIRROR_TRIGGER_TOKEN: trigger, APP_GIT_PASSWORD: read, INFRA_GIT_PASSWORD: write },
  );
});

afterAll(async () => {
  team?.dispose();
  await world?.dispose();
});

function change(text: string): Promise<string> {
  return world.team.commit(world.ids.api, { "app.txt": text }, text);
}

function expectNoSecret({ out, err }: RedeployEnded): void {
  for (const secret of world.secrets) expect(out + err).not.toContain(secret);
}

async function infraCommits(): Promise<number> {
  const path = `/projects/${String(world.ids.deploy)}/repository/commits?ref_name=main&per_page=100`;
  return (await world.team.must<unknown[]>("GET", path)).length;
}

describe("factory redeploy on pipelines that really run", () => {
  it("brings a commit to the platform, its image's tag to the infra repository, and that to the platform", async () => {
    const sha = await change("one");
    const ended = await team.run();
    expect([ended.code, ended.err]).toEqual([0, ""]);
    expectNoSecret(ended);
    const tag = sha.slice(0, 8);
    expect(world.registry.built).toContain(`acme/api:${tag}`);
    expect(await world.kustomization("platform")).toMatch(new RegExp(`newTag: "?${tag}"?`));
    expect(ended.out).toMatch(/mirror-app +done: \w{8} is on main of acme\/api\n/);
    expect(ended.out).toMatch(/mirror-infra +done: \w{8} is on main of acme\/deploy\n/);
    expect(ended.out).toMatch(/delivered: \w{8}\n$/);
  });

  it("says of the same commit again that nothing will be redeployed, and builds nothing", async () => {
    const built = world.registry.built.length;
    const ended = await team.run();
    expect(ended.code).toBe(3);
    expect(ended.err).toMatch(/^warning: kustomization\.yaml: images\[0\]\.newTag: .*: nothing will be redeployed\n/);
    expect(world.registry.built).toHaveLength(built);
  });

  it("stops at a build that fails, with the job's log, and sets no tag", async () => {
    const commits = await infraCommits();
    await world.team.commit(world.ids.api, { broken: "yes" }, "break it");
    const ended = await team.run();
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/build: the job failed \(script failure\)\n {2}found: [^]*the build is broken/);
    expect(await infraCommits()).toBe(commits);
    expectNoSecret(ended);
    await world.team.must("DELETE", `/projects/${String(world.ids.api)}/repository/files/broken`, {
      branch: "main",
      commit_message: "mend it",
    });
  });

  it("stops waiting at Ctrl-C, and goes on with the same pipeline", async () => {
    let isStopped = false;
    const stopped = await team.run([], {
      watch: (line, child) => {
        if (isStopped || !/pipeline \d+ is started/.test(line)) return;
        isStopped = true;
        child.kill("SIGINT");
      },
    });
    expect(stopped.code).toBe(130);
    expect(stopped.err).toMatch(
      /stopped waiting in the step mirror-app; what was started goes on\. To go on: npx factory redeploy -e dev/,
    );
    const ended = await team.run();
    expect([ended.code, ended.err]).toEqual([0, ""]);
    expect(ended.out).toMatch(/going on with the delivery that began at /);
  });

  it("waits for a platform that is away, and is told so", async () => {
    await change("two");
    const { paths } = world.platform.gitlab.context;
    let isAway = false;
    const ended = await team.run(["--outage", "60s"], {
      watch: (line) => {
        if (!isAway && /pipeline \d+ is started/.test(line)) {
          isAway = true;
          setOutage(paths, { routes: [{ path: "/pipelines/", status: 502 }] });
        } else if (/GitLab is away/.test(line)) setOutage(paths);
      },
    });
    setOutage(paths);
    expect([ended.code, ended.err]).toEqual([0, ""]);
    expect(ended.out).toMatch(/GitLab is away \(answers 502\): asking again for 60 s\n[^]*GitLab answers again\n/);
  });

  it.each([
    ["GITLAB_TOKEN", "glpat-00000000000000000000", /GitLab does not take the token[^]*by GITLAB_TOKEN/],
    [
      "INFRA_GIT_PASSWORD",
      "glpat-00000000000000000000",
      /the server does not take the credentials[^]*by INFRA_GIT_PASSWORD/,
    ],
    [
      "MIRROR_TRIGGER_TOKEN",
      "glptt-0000",
      /trigger of acme\/mirror: there is no such trigger[^]*by MIRROR_TRIGGER_TOKEN/,
    ],
  ])("ends at once with a wrong %s", async (name, value, message) => {
    await change(`with a wrong ${name}`);
    const commits = await infraCommits();
    const ended = await team.run([], { env: { [name]: value } });
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(message);
    expect(await infraCommits()).toBe(commits);
  });

  it("pushes nothing to a branch that its token may not push to, and says the server's words", async () => {
    await world.team.ask("DELETE", `${protection}/main`);
    await world.team.must("POST", protection, { name: "main", push_access_level: 0 });
    const commits = await infraCommits();
    const ended = await team.run();
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(/the server refused the push; nothing was pushed\n[^]*protected branch/);
    expect(await infraCommits()).toBe(commits);
    expectNoSecret(ended);
    await world.team.ask("DELETE", `${protection}/main`);
    const after = await team.run();
    expect(after.code).toBe(0);
  });
});
