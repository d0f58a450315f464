import { statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { synced, VALUES, world } from "./delivery";

const tokens = /glpat-reader|glptt-right|argocd-secret-token/;

describe("factory redeploy", () => {
  it("mirrors, builds, bumps by one commit, mirrors and waits for Argo CD", async () => {
    const at = await world();
    const outcome = await at.deliver();
    const tag = at.commit.slice(0, 8);
    const infraCommit = at.infra("rev-parse", "main");
    expect(outcome).toEqual({
      result: "delivered",
      commit: at.commit,
      tag,
      infraCommit,
      revision: infraCommit,
      images: [],
    });
    expect(`${at.infra("show", "main:values.yaml")}\n`).toBe(VALUES.replace("old", tag));
    expect(at.infra("rev-list", "--count", "main")).toBe("2");
    expect(at.script.triggers.map((form) => form.get("variables[PROJECT_NAME]"))).toEqual(["api", "deploy"]);
    expect(at.told.filter((line) => line.includes("started"))).toEqual([
      "mirror-app: started",
      "mirror-app: pipeline 101 is started: https://gitlab.example/acme/shop/mirror/-/pipelines/101",
      "build: started",
      "bump: started",
      "mirror-infra: started",
      "mirror-infra: pipeline 102 is started: https://gitlab.example/acme/shop/mirror/-/pipelines/102",
      "deploy: started",
    ]);
  });

  it("keeps tokens out of URLs, of what it tells and of its state, which only its owner may read", async () => {
    const at = await world();
    await at.deliver();
    expect(at.script.asked.join("\n")).not.toMatch(tokens);
    expect(at.told.join("\n")).not.toMatch(tokens);
    expect(at.stateText()).not.toMatch(tokens);
    expect(statSync(at.stateFile).mode & 0o777).toBe(0o600);
  });

  it("says of the same commit again that nothing will be redeployed, and starts nothing", async () => {
    const at = await world();
    await at.deliver();
    const [triggers, head] = [at.script.triggers.length, at.infra("rev-parse", "main")];
    at.told.length = 0;
    expect(await at.deliver()).toMatchObject({ result: "unchanged", infraCommit: head });
    expect(at.told.join("\n")).toMatch(
      /warning: values\.yaml: image\.tag: the image has this tag already: nothing will be redeployed/,
    );
    expect(at.script.triggers).toHaveLength(triggers);
  });

  it("goes on without a state where the tag is set but not running yet", async () => {
    const at = await world();
    await at.deliver();
    at.script.heads.set("acme/shop/deploy", at.infra("rev-parse", "main~1"));
    expect(await at.deliver({ state: `${at.stateFile}.lost` })).toMatchObject({ result: "delivered" });
    expect(at.told.join("\n")).toMatch(
      /the tag is in the infra repository already, but Argo CD has not seen the commit yet/,
    );
    expect(at.infra("rev-list", "--count", "main")).toBe("2");
  });

  it("uses a pipeline that has built the commit already, and mirrors nothing that is there", async () => {
    const at = await world();
    at.script.heads.set("acme/shop/api", at.commit);
    at.script.pipelines.push({ id: 9, project: "acme/shop/api", sha: at.commit, statuses: ["success"] });
    await at.deliver();
    expect(at.told).toContain(`build: pipeline 9 has built ${at.commit.slice(0, 8)} already`);
    expect(at.script.triggers.map((form) => form.get("variables[PROJECT_NAME]"))).toEqual(["deploy"]);
  });

  it("takes a revision that comes after its own commit, and says so where another version runs", async () => {
    const at = await world();
    at.script.application = () => {
      const head = at.script.heads.get("acme/shop/deploy") ?? "";
      if (!at.infra("log", "--format=%s", "-1", head).startsWith("bump")) return synced(head);
      const later = at.pushInfra("values.yaml", VALUES.replace("old", "later"));
      at.script.application = () => synced(later, { summary: { images: ["registry.example/api:later"] } });
      return synced(head, { sync: { status: "OutOfSync", revision: head } });
    };
    const outcome = await at.deliver();
    expect(outcome).toMatchObject({ result: "delivered", revision: at.infra("rev-parse", "main") });
    expect(at.told.join("\n")).toMatch(
      /warning: what runs is \w{8}, which comes after this delivery and sets another version/,
    );
  });
});

describe("factory redeploy goes on after", () => {
  it("Ctrl-C in the build, with the pipeline that runs", async () => {
    const at = await world();
    const statuses = ["created", "running", "running", "running", "success"];
    at.script.heads.set("acme/shop/api", at.commit);
    at.script.pipelines.push({ id: 9, project: "acme/shop/api", sha: at.commit, statuses });
    await expect(at.deliver({}, () => at.controller.abort(new Error("interrupted by SIGINT")))).rejects.toThrow(
      "interrupted",
    );
    expect(at.infra("rev-list", "--count", "main")).toBe("1");
    expect(await at.deliver()).toMatchObject({ result: "delivered" });
    expect(at.told.join("\n")).toMatch(/-: going on with the delivery that began at /);
    expect(at.script.pipelines.filter(({ project }) => project === "acme/shop/api")).toHaveLength(1);
  });

  it("Ctrl-C while the infra repository is mirrored, without a second commit or pipeline", async () => {
    const at = await world();
    const mirror = at.script.mirror;
    at.script.mirror = (name) => {
      if (name === "api") mirror(name);
      else at.script.mirrorStatuses = ["running", "running", "running", "running"];
    };
    const stop = () => {
      if (at.script.triggers.length === 2) at.controller.abort(new Error("interrupted by SIGINT"));
    };
    await expect(at.deliver({}, stop)).rejects.toThrow("interrupted");
    mirror("deploy");
    expect(await at.deliver()).toMatchObject({ result: "delivered" });
    expect(at.infra("rev-list", "--count", "main")).toBe("2");
    expect(at.script.triggers).toHaveLength(2);
  });

  it("a crash between the push and the state: the tag that is there is its own", async () => {
    const at = await world();
    const tag = at.commit.slice(0, 8);
    at.script.intercept = (method, path) =>
      method === "POST" && at.infra("rev-list", "--count", "main") === "2"
        ? { status: 403, body: { message: path } }
        : undefined;
    await expect(at.deliver()).rejects.toThrow(/trigger of acme\/shop\/mirror/);
    at.script.intercept = () => undefined;
    expect(await at.deliver()).toMatchObject({ result: "delivered", tag });
    expect(at.infra("rev-list", "--count", "main")).toBe("2");
  });

  it("another version by somebody else only with --restart", async () => {
    const at = await world();
    at.script.application = () => synced("f".repeat(40));
    await expect(at.deliver()).rejects.toThrow(/after 300 s it has not arrived: Argo CD has not seen the commit yet/);
    at.pushInfra("values.yaml", VALUES.replace("old", "hotfix"));
    await expect(at.deliver()).rejects.toThrow(
      /somebody has set another version since\n {2}found: {3}hotfix, since \w{8} by Ann: by hand/,
    );
    at.script.application = () => synced(at.script.heads.get("acme/shop/deploy") ?? "");
    expect(await at.deliver({ restart: true })).toMatchObject({ result: "delivered" });
  });

  it("nothing of another commit's unfinished delivery", async () => {
    const at = await world();
    at.script.mirrorStatuses = ["failed"];
    await expect(at.deliver()).rejects.toThrow(/build-image: the job failed/);
    at.script.mirrorStatuses = ["success"];
    await at.deliver({ tag: "v2" });
    expect(at.told).toContain(
      `-: the unfinished delivery of ${at.commit.slice(0, 8)} (tag ${at.commit.slice(0, 8)}) is given up for this one`,
    );
  });
});
