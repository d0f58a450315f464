import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ensurePrograms } from "../../../lab/toolchain/debian-packages";
import { MirrorWorld } from "./mirror-run";

/** All that mirror.sh may call beside git; the image alpine/git has them from busybox. */
const tools =
  "awk basename cat cmp cut date dirname grep head mktemp mv paste rm sed sh sleep tail timeout tr wc".split(" ");

let world: MirrorWorld;
let path: string;
beforeEach(async () => {
  world = await MirrorWorld.create();
  const programs = await ensurePrograms(["busybox", "git"]);
  path = join(world.folder, "tools");
  mkdirSync(path);
  for (const tool of tools) symlinkSync(programs.path("busybox"), join(path, tool));
  symlinkSync(programs.path("git"), join(path, "git"));
});
afterEach(async () => {
  await world.close();
});

it("The mirror works with the tools of the image that its pipeline names", async () => {
  await world.commit("one");
  await world.git("tag", "v1");
  await world.push("main", "main:gone", "v1");
  const variables = { PATH: path, SYNC_ALL: "true" };
  expect((await world.run(variables)).code).toBe(0);
  await world.git("commit", "--quiet", "--amend", "--message", "instead");
  await world.push("main", ":gone");
  world.platform.refuse("refs/tags/v2", "You are not allowed to create this tag as it is protected.");
  await world.git("tag", "v2");
  await world.push("v2");
  const { code, err } = await world.run(variables);
  expect([code, err.includes("error: the platform refuses the tag v2")], err).toEqual([22, true]);
  const { "refs/tags/v2": v2, ...wanted } = await world.source.refs();
  expect(v2).toBe(wanted["refs/heads/main"]);
  expect(await world.platform.refs()).toEqual(wanted);
  expect((await world.run({ ...variables, GIT_BRANCH_DEPLOY: "no", SYNC_ALL: "false" })).err).toContain("branches of");
});
