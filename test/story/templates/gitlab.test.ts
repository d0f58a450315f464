import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DeliveryWorld } from "./delivery-world";

let world: DeliveryWorld;
beforeAll(async () => {
  world = await DeliveryWorld.create();
});
afterAll(async () => {
  await world.dispose();
});

const jobs = ["test", "mirror app", "platform pipeline", "update image", "mirror infra"];

describe("A commit in the app repository", () => {
  it("is mirrored, built under its own tag, and set in the infra repository, which is mirrored too", async () => {
    const { sha, pipeline } = await world.deliver([{ path: "app.txt", content: "one" }]);
    const logs = await Promise.all(jobs.map((job) => world.log(pipeline, job)));
    expect(pipeline.status, logs.join("\n")).toBe("success");
    const tag = sha.slice(0, 8);
    expect(world.registry.built).toEqual([`acme/api:${tag}`]);
    expect(await world.kustomization("team")).toContain(`    newTag: ${/^\d+(e\d+)?$/.test(tag) ? `"${tag}"` : tag}`);
    expect(await world.kustomization("platform")).toBe(await world.kustomization("team"));
    for (const secret of world.secrets) expect(logs.join("\n")).not.toContain(secret);
  });

  it("that is delivered again builds nothing and says that nothing will be redeployed", async () => {
    const before = await world.kustomization("platform");
    const [, ...built] = world.registry.built;
    const pipeline = await world.team.run(world.ids.api);
    expect(pipeline.status).toBe("success");
    expect(await world.log(pipeline, "update image")).toContain("nothing will be redeployed");
    expect((await world.team.jobs(world.ids.api, pipeline.id))["update image"]?.status).toBe("failed");
    expect(world.registry.built.slice(1)).toEqual(built);
    expect(await world.kustomization("platform")).toBe(before);
  });

  it("that is followed at once by another one never has the last word", async () => {
    const first = await world.commit([{ path: "app.txt", content: "first of two" }]);
    const second = await world.deliver([{ path: "app.txt", content: "second of two" }]);
    expect(second.pipeline.status).toBe("success");
    const earlier = await world.ended(first);
    expect(["canceled", "success"]).toContain(earlier.status);
    expect(await world.kustomization("team")).toContain(second.sha.slice(0, 8));
    expect(await world.kustomization("platform")).toBe(await world.kustomization("team"));
    expect(world.registry.built).toEqual([...new Set(world.registry.built)]);
  });

  it("that the platform cannot build stops there, shows the platform's log, and changes no tag", async () => {
    const before = await world.kustomization("team");
    const { pipeline } = await world.deliver([{ path: "broken", content: "yes" }]);
    expect(pipeline.status).toBe("failed");
    const log = await world.log(pipeline, "platform pipeline");
    expect(log).toContain("the end of the log of the job build:");
    expect(log).toContain("the build is broken");
    expect(await world.kustomization("team")).toBe(before);
  });

  it("goes nowhere with a trigger token that was deleted, and says so", async () => {
    const path = `/projects/${String(world.ids.api)}/variables/MIRROR_TRIGGER_TOKEN`;
    await world.team.must("PUT", path, { value: "glptt-0000000000000000000000000000000000000000" });
    const { pipeline } = await world.deliver([{ path: "app.txt", content: "two" }]);
    expect(pipeline.status).toBe("failed");
    expect(await world.log(pipeline, "mirror app")).toMatch(
      /error: the platform answers 404: .*\n {2}fix: check -i, and/,
    );
  });
});
