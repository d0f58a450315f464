import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { objectChanges, succeeded } from "../../engine/support/pulumi-run";
import { isDeployed } from "../support/application";
import type { RedeployTeam } from "../support/redeploy-team";
import { DeliveryFactory } from "./delivery-factory";
import { developerOf } from "./developer";
import { FIRST_TAG, IMAGE } from "./team";

describe("A commit in the app repository becomes new pods", { timeout: 600_000 }, () => {
  let factory: DeliveryFactory;
  let developer: RedeployTeam;

  beforeAll(async () => {
    factory = await DeliveryFactory.start();
    developer = developerOf(factory);
  }, 900_000);
  afterAll(async () => {
    developer?.dispose();
    await factory?.dispose();
  });

  const source = (text: string) => [{ path: "main.txt", content: text }];
  const shortOf = (commit: string): string => commit.slice(0, 8);
  const redeploy = (...args: string[]) => developer.run(args);

  it("whose infra repository runs once the platform has copied it, told to Argo CD by the webhook alone", async () => {
    await factory.mirror("deploy");
    await factory.story.untilApplication(factory.application, isDeployed, 180_000);
    await factory.untilImage(`${IMAGE}:${FIRST_TAG}`);
  });

  it("by `factory redeploy`: mirrored, built, bumped, mirrored, deployed", async () => {
    const commit = await factory.team.commit("api", source("one"));
    const { code, out, err } = await redeploy();
    expect(code, out + err).toBe(0);
    expect(factory.registry.built).toEqual([`acme/api:${shortOf(commit)}`]);
    expect(await factory.images()).toEqual([`${IMAGE}:${shortOf(commit)}`]);
    for (const secret of Object.values(developer.secrets)) expect(out + err).not.toContain(secret);
  });

  it("but not twice: the same commit again is told to redeploy nothing", async () => {
    const before = await factory.team.head("deploy");
    const { code, out, err } = await redeploy();
    expect(code, out + err).toBe(3);
    expect(out + err).toContain("nothing will be redeployed");
    expect(await factory.team.head("deploy")).toBe(before);
    expect(factory.registry.built).toHaveLength(1);
  });

  it("by the team's own pipeline, from the template", async () => {
    await factory.team.setPipelines(true);
    const commit = await factory.team.commit("api", source("two"));
    const { id } = await factory.team.lab.pipelineOf(factory.team.ids.api, commit);
    const pipeline = await factory.team.lab.pipeline(factory.team.ids.api, id);
    expect(pipeline.status).toBe("success");
    await factory.team.setPipelines(false);
    await factory.untilImage(`${IMAGE}:${shortOf(commit)}`);
  });

  it("also when two are delivered at once: the later one comes to the pods, and the other one is told of it", async () => {
    const first = await factory.team.commit("api", source("three"));
    const second = await factory.team.commit("api", source("four"));
    const other = developerOf(factory);
    const [overtaken, delivered] = await Promise.all([redeploy("--commit", first), other.run(["--commit", second])]);
    other.dispose();
    expect(delivered.code, delivered.out + delivered.err).toBe(0);
    // The mirror brings both commits by one push.
    expect(overtaken.code, overtaken.out + overtaken.err).toBe(1);
    expect(overtaken.err).toContain(`--commit ${second}`);
    await factory.story.untilApplication(factory.application, isDeployed);
    expect(await factory.images()).toEqual([`${IMAGE}:${shortOf(second)}`]);
  });

  it("goes on after Ctrl-C from where it was", async () => {
    const commit = await factory.team.commit("api", source("five"));
    const stopped = await developer.run([], {
      watch: (line, child) => void (line.includes("is started") && child.kill("SIGINT")),
    });
    expect(stopped.code, stopped.out + stopped.err).toBe(130);
    expect(stopped.err).toContain(`To go on: npx factory redeploy -e dev --commit ${commit}`);
    const { code, out, err } = await redeploy("-e", "dev", "--commit", commit);
    expect(code, out + err).toBe(0);
    expect(await factory.images()).toEqual([`${IMAGE}:${shortOf(commit)}`]);
    expect(factory.registry.built.filter((name) => name.endsWith(shortOf(commit)))).toHaveLength(1);
  });

  it("goes on when the platform's GitLab was away for a while", async () => {
    const commit = await factory.team.commit("api", source("six"));
    let lines = 0;
    const running = developer.run([], {
      watch: (line) => {
        if ((lines += 1) === 1) factory.outage("bad gateway");
        if (line.includes("is away")) factory.outage();
      },
    });
    const { code, out, err } = await running;
    factory.outage();
    expect(code, out + err).toBe(0);
    expect(out + err).toContain("GitLab is away (answers 502)");
    expect(await factory.images()).toEqual([`${IMAGE}:${shortOf(commit)}`]);
  });

  it("stops at a build that fails, with the end of its log, and changes no tag", async () => {
    const before = await factory.team.head("deploy");
    await factory.team.commit("api", [{ path: "broken", content: "yes" }]);
    const { code, out, err } = await redeploy();
    expect(code, out + err).toBe(1);
    expect(err).toContain("build");
    expect(out + err).toContain("the build is broken");
    expect(await factory.team.head("deploy")).toBe(before);
    await factory.team.remove("api", "broken");
  });

  it("stops before anything is started when a token was revoked", async () => {
    const GITLAB_TOKEN = await factory.revokedToken();
    const starts = (): number => factory.writes().filter((line) => line.includes("/trigger/pipeline")).length;
    const before = starts();
    const run = await developer.run([], { env: { GITLAB_TOKEN } });
    expect(run.code, run.out + run.err).toBe(1);
    expect(run.err).toContain("GITLAB_TOKEN");
    expect(starts()).toBe(before);
  });

  it("stops at a push that is refused, and leaves the infra repository as it was", async () => {
    const before = await factory.team.head("deploy");
    const { lab, ids } = factory.team;
    const path = `/projects/${String(ids.deploy)}/protected_branches`;
    await lab.ask("DELETE", `${path}/main`);
    await lab.must("POST", path, { name: "main", push_access_level: 0, merge_access_level: 40 });
    const { code, out, err } = await redeploy();
    expect(code, out + err).toBe(1);
    expect(err).toContain("protected");
    expect(await factory.team.head("deploy")).toBe(before);
    await lab.ask("DELETE", `${path}/main`);
    const again = await redeploy();
    expect(again.code, again.out + again.err).toBe(0);
  });

  it("and `factory status` tells what runs", async () => {
    const { code, out, err } = await developer.factory(["status", "--json"]);
    expect(code, out + err).toBe(0);
    const [image] = await factory.images();
    expect(out).toContain(image);
    expect(JSON.stringify(JSON.parse(out))).toContain("Healthy");
  });

  it("after which a second `pulumi up` changes nothing, on GitLab neither", async () => {
    const before = factory.writes();
    const run = await succeeded(factory.story.factory.stack.up());
    expect(objectChanges(run)).toEqual([]);
    expect(factory.writes()).toEqual(before);
  });
});
