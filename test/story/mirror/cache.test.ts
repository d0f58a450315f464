import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MirrorWorld } from "./mirror-run";

let world: MirrorWorld;
beforeEach(async () => {
  world = await MirrorWorld.create();
  await world.commit("one");
  await world.push("main");
  expect((await world.run()).code).toBe(0);
});
afterEach(async () => {
  await world.close();
});

/** A second run after a further commit. @returns what it printed */
async function next(): Promise<string> {
  const commit = await world.commit("two");
  await world.push("main");
  const { code, out, err } = await world.run();
  expect(err).not.toContain("error");
  expect(code).toBe(0);
  expect(await world.platform.refs()).toEqual({ "refs/heads/main": commit });
  return out;
}

const anew = "what an earlier run kept is broken: everything is fetched anew\n";

describe("what an earlier run kept", () => {
  it("is fetched into, and holds neither log-in nor address", async () => {
    const before = readdirSync(join(world.cache, "objects"));
    expect(await next()).not.toContain(anew);
    expect(readdirSync(join(world.cache, "objects"))).toEqual(expect.arrayContaining(before));
    const config = join(world.cache, "config");
    expect(readFileSync(config, "utf8")).not.toMatch(/s3cret|bot|http/);
    expect(existsSync(join(world.cache, "FETCH_HEAD"))).toBe(false);
  });

  it("may be lost", async () => {
    rmSync(world.cache, { recursive: true });
    expect(await next()).not.toContain(anew);
  });

  it("may lack its objects", async () => {
    const objects = join(world.cache, "objects");
    rmSync(objects, { recursive: true });
    expect(await next()).toContain("heads/main: ");
  });

  it("may be damaged: its files overwritten, its branch pointing nowhere, a lock left behind", async () => {
    writeFileSync(join(world.cache, "refs", "heads", "main"), `${"1".repeat(40)}\n`);
    writeFileSync(join(world.cache, "refs", "heads", "main.lock"), "");
    expect(await next()).toContain(anew);
    writeFileSync(join(world.cache, "HEAD"), "nonsense");
    writeFileSync(join(world.cache, "packed-refs"), "nonsense");
    await world.git("reset", "--quiet", "--hard", "HEAD~1");
    await next();
  });

  it("never has a branch deleted that the source still has", async () => {
    await world.push("main:dev");
    const all = { SYNC_ALL: "true" };
    await world.run(all);
    const { "refs/heads/dev": dev } = await world.platform.refs();
    writeFileSync(join(world.cache, "refs", "heads", "dev"), "nonsense");
    await world.commit("two");
    await world.push("main");
    await world.run(all);
    expect(await world.platform.refs()).toEqual({ ...(await world.source.refs()), "refs/heads/dev": dev });
  });

  it("brings no configuration and no hook along", async () => {
    const trap = join(world.folder, "trapped");
    writeFileSync(join(world.cache, "config"), `[core]\n\tbare = true\n\tsshCommand = touch ${trap}\n[broken\n`);
    rmSync(join(world.cache, "hooks"), { recursive: true, force: true });
    expect(await next()).not.toContain(anew);
    expect(existsSync(trap)).toBe(false);
  });
});
