import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MirrorWorld } from "./mirror-run";

let world: MirrorWorld;
beforeEach(async () => {
  world = await MirrorWorld.create();
});
afterEach(async () => {
  await world.close();
});

const all = { SYNC_ALL: "true" };

describe("mirroring one branch", () => {
  it("brings main, and nothing else", async () => {
    const commit = await world.commit("one");
    await world.git("tag", "v1");
    await world.push("main", "main:other", "v1");
    const { code, out, err } = await world.run();
    expect([code, err]).toEqual([0, warnings]);
    expect(out).toContain("heads/main: [new branch]\n");
    expect(await world.platform.refs()).toEqual({ "refs/heads/main": commit });
  });

  it("brings the branch that GIT_BRANCH_DEPLOY names", async () => {
    const commit = await world.commit("one");
    await world.push("main", "main:feature/cart");
    expect((await world.run({ GIT_BRANCH_DEPLOY: "feature/cart" })).code).toBe(0);
    expect(await world.platform.refs()).toEqual({ "refs/heads/feature/cart": commit });
  });

  it("follows a history that was rewritten at the source", async () => {
    await world.commit("one");
    await world.commit("two");
    await world.push("main");
    await world.run();
    await world.git("reset", "--quiet", "--hard", "HEAD~1");
    const commit = await world.commit("instead");
    await world.push("main");
    const { code, out } = await world.run();
    expect(code).toBe(0);
    expect(out).toMatch(/heads\/main: \w+\.\.\.\w+ \(forced update\)/);
    expect(await world.platform.refs()).toEqual({ "refs/heads/main": commit });
  });

  it("says that there is nothing to do, and fetches nothing", async () => {
    await world.commit("one");
    await world.push("main");
    await world.run();
    const seen: string[] = [];
    world.platform.spies.push(({ need }) => seen.push(need));
    const { code, out } = await world.run();
    expect(code).toBe(0);
    expect(out).toContain("the platform has what the source has: nothing to do\n");
    expect(new Set(seen)).toEqual(new Set(["read"]));
  });

  it("names the branches that there are when the source has no such branch", async () => {
    await world.commit("one");
    await world.git("tag", "v1");
    await world.push("main", "main:dev", "v1");
    const { code, err } = await world.run({ GIT_BRANCH_DEPLOY: "master" });
    expect(code).toBe(12);
    expect(err).toContain("the branches of the source: dev, main\n");
    expect(err).toContain("error: the source has no branch master\n");
    const tag = await world.run({ GIT_BRANCH_DEPLOY: "v1" });
    expect(tag.code).toBe(12);
    expect(tag.err).toContain("fix: it is a tag: tags come with SYNC_ALL=true\n");
  });

  it("leaves the platform as it is when the source is empty", async () => {
    await world.commit("one");
    await world.push("main");
    await world.run();
    const before = await world.platform.refs();
    await world.source.git("update-ref", "-d", "refs/heads/main");
    for (const variables of [{}, all]) {
      const { code, out } = await world.run(variables);
      expect(code).toBe(0);
      expect(out).toContain("the source is empty: the platform is left as it is\n");
    }
    expect(await world.platform.refs()).toEqual(before);
  });
});

const warnings = "warning: GIT_INPUT_PASSWORD travels unencrypted\nwarning: GIT_OUTPUT_PASSWORD travels unencrypted\n";

describe("mirroring all", () => {
  it("brings every branch and tag, and no other ref of the source", async () => {
    await world.commit("one");
    await world.git("tag", "v1");
    await world.git("tag", "--annotate", "--message", "two", "v2");
    await world.push("main", "main:dev", "v1", "v2", "main:refs/merge-requests/1/head");
    expect((await world.run(all)).code).toBe(0);
    const there = Object.entries(await world.source.refs());
    expect(there).toHaveLength(5);
    const wanted = there.filter(([ref]) => !ref.startsWith("refs/merge-requests/"));
    expect(await world.platform.refs()).toEqual(Object.fromEntries(wanted));
  });

  it("moves tags, deletes what is gone, and never touches GitLab's own refs", async () => {
    const first = await world.commit("one");
    await world.git("tag", "v1");
    await world.git("tag", "gone");
    await world.push("main", "main:gone", "v1", "gone");
    await world.run(all);
    const own = [
      "refs/merge-requests/1/head",
      "refs/pipelines/7",
      "refs/keep-around/x",
      "refs/environments/dev/deployments/1",
    ];
    for (const ref of own) await world.platform.git("update-ref", ref, first);
    const second = await world.commit("two");
    await world.git("tag", "--force", "v1");
    await world.push("main", "v1", ":refs/heads/gone", ":refs/tags/gone");
    const { code, out } = await world.run(all);
    expect(code).toBe(0);
    expect(out).toContain("heads/gone: [deleted]\n");
    expect(out).toContain("tags/gone: [deleted]\n");
    expect(await world.platform.refs()).toEqual({
      "refs/heads/main": second,
      "refs/tags/v1": second,
      ...Object.fromEntries(own.map((ref) => [ref, first])),
    });
  });

  it("puts a/b in the place of a branch a", async () => {
    const commit = await world.commit("one");
    await world.push("main", "main:a");
    await world.run(all);
    await world.push(":a");
    await world.push("main:a/b");
    expect((await world.run(all)).code).toBe(0);
    expect(await world.platform.refs()).toEqual({ "refs/heads/main": commit, "refs/heads/a/b": commit });
    expect((await world.run({ GIT_BRANCH_DEPLOY: "a/b" })).code).toBe(0);
  });

  it("keeps the platform's default branch when it is gone at the source, and warns", async () => {
    const commit = await world.commit("one");
    await world.push("main", "main:trunk");
    await world.run(all);
    await world.source.git("update-ref", "-d", "refs/heads/main");
    for (let runs = 0; runs < 2; runs += 1) {
      const { code, err } = await world.run(all);
      expect(code).toBe(4);
      expect(err).toContain("warning: the branch main is gone at the source, and stays on the platform as the default");
    }
    await world.platform.git("symbolic-ref", "HEAD", "refs/heads/trunk");
    expect((await world.run(all)).code).toBe(0);
    expect(await world.platform.refs()).toEqual({ "refs/heads/trunk": commit });
  });

  it("brings more refs than fit one push", async () => {
    const commit = await world.commit("one");
    await world.push("main");
    for (let number = 0; number < 450; number += 1) {
      world.source.gitNow("update-ref", `refs/tags/v${String(number)}`, commit);
    }
    expect((await world.run(all)).code).toBe(0);
    expect(await world.platform.refs()).toEqual(await world.source.refs());
  });
});
