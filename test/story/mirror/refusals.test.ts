import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { login } from "./git-server";
import { MirrorWorld } from "./mirror-run";

let world: MirrorWorld;
beforeEach(async () => {
  world = await MirrorWorld.create();
  await world.commit("one");
  await world.push("main");
});
afterEach(async () => {
  await world.close();
});

const all = { SYNC_ALL: "true" };

describe("a refused log-in", () => {
  it.each([
    ["INPUT", 10, "source", "read_repository"],
    ["OUTPUT", 20, "platform", "write_repository"],
  ] as const)("to GIT_%s names the side and the token's scope", async (name, exit, side, scope) => {
    const { code, err } = await world.run({ [`GIT_${name}_PASSWORD`]: "glpat-expired" });
    expect(code).toBe(exit);
    expect(err).toContain("HTTP Basic: Access denied");
    expect(err).toContain(`error: the ${side} refuses the log-in\n`);
    expect(err).toContain(`the token in GIT_${name}_PASSWORD has not expired and has the scope ${scope}`);
    expect(err).not.toContain("glpat-expired");
  });

  it("is told also where no log-in was given", async () => {
    const { code, err } = await world.run({ GIT_INPUT_USER: undefined, GIT_INPUT_PASSWORD: undefined });
    expect(code).toBe(10);
    expect(err).toContain("error: the source refuses the log-in\n");
  });
});

describe("a server that does not do its part", () => {
  it.each([
    ["INPUT", 10, "source"],
    ["OUTPUT", 20, "platform"],
  ] as const)("GIT_%s: a repository that is not there", async (name, exit, side) => {
    const url = (name === "INPUT" ? world.source : world.platform).url.replace(/\/(team|acme)\//, "/nobody/");
    const { code, err } = await world.run({ [`GIT_${name}_URL`]: url });
    expect(code).toBe(exit);
    expect(err).toContain(`error: the ${side} has no such repository, or hides it from this log-in\n`);
  });

  it.each([
    ["INPUT", 11, "source"],
    ["OUTPUT", 21, "platform"],
  ] as const)("GIT_%s: nobody listens", async (name, exit, side) => {
    const { code, err } = await world.run({ [`GIT_${name}_URL`]: "http://127.0.0.1:9/acme/shop.git" });
    expect(code).toBe(exit);
    expect(err).toContain(`error: the ${side} is not reached\n  fix: check GIT_${name}_URL`);
  });

  it("a source that never answers ends with a time-out", async () => {
    const silent: Server = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}/team/shop.git`;
    const { code, err } = await world.run({ GIT_INPUT_URL: url, MIRROR_TIMEOUT: "1" });
    silent.close();
    expect(code).toBe(11);
    expect(err).toContain("error: the source did not answer in time\n");
  });
});

describe("a push that the platform refuses", () => {
  it("names the branch, GitLab's words and what to allow", async () => {
    world.platform.refuse(
      "refs/heads/main",
      "You are not allowed to force push code to a protected branch on this project.",
    );
    const { code, err } = await world.run();
    expect(code).toBe(22);
    expect(err).toContain(
      "remote: GitLab: You are not allowed to force push code to a protected branch on this project.",
    );
    expect(err).toContain(
      "error: the platform refuses the branch main\n  fix: the source has rewritten its history: allow",
    );
  });

  it.each([
    [
      "You are not allowed to push code to protected branches on this project.",
      "push and merge under Protected branches",
    ],
    ["LFS objects are missing. Ensure LFS is properly set up.", "turn Git LFS off for the project shop"],
    ["You cannot create a branch with a SHA-1 or SHA-256 branch name.", "see what the platform says above"],
  ])("because of: %s", async (words, fix) => {
    world.platform.refuse("refs/heads/main", words);
    const { code, err } = await world.run();
    expect(code).toBe(22);
    expect(err).toContain(words);
    expect(err).toContain(fix);
  });

  it("lets everything else arrive", async () => {
    await world.git("tag", "v1");
    await world.push("main:dev", "main:next", "v1");
    world.platform.refuse("refs/tags/v1", "You are not allowed to create this tag as it is protected.");
    const { code, out, err } = await world.run(all);
    expect(code).toBe(22);
    expect(err).toContain(
      "error: the platform refuses the tag v1\n  fix: let the role of the mirror's token create it",
    );
    expect(out).toContain("heads/next: [new branch]\n");
    expect(Object.keys(await world.platform.refs())).toEqual(["refs/heads/dev", "refs/heads/main", "refs/heads/next"]);
  });
});

describe("two syncs at once", () => {
  it("do not undo each other: the later one sees what the earlier one pushed", async () => {
    await world.run();
    const [old] = Object.values(await world.platform.refs());
    const wanted = await world.commit("two");
    await world.push("main");
    let isPushed = false;
    world.platform.spies.push(({ need }) => {
      // Between the question what there is and the push.
      if (need === "write" && !isPushed) world.platform.gitNow("update-ref", "-d", "refs/heads/main", String(old));
      isPushed ||= need === "write";
    });
    const { code, out } = await world.run();
    expect(code).toBe(0);
    expect(out).toContain("heads/main: [new branch]\n");
    expect(await world.platform.refs()).toEqual({ "refs/heads/main": wanted });
  });

  it("give up when somebody always is quicker", async () => {
    const main = (await world.source.refs())["refs/heads/main"] ?? "";
    await world.run();
    await world.commit("two");
    await world.push("main");
    world.platform.spies.push(({ need }) => {
      if (need !== "write") return;
      const tree = `${main}^{tree}`;
      const other = world.platform.gitNow(
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@x",
        "commit-tree",
        "-m",
        String(Math.random()),
        tree,
      );
      world.platform.gitNow("update-ref", "refs/heads/main", other);
    });
    const { code, err } = await world.run();
    expect(code).toBe(22);
    expect(err).toContain("error: somebody else changes the same branches of the platform\n");
  });
});

describe("the log-in", () => {
  it("may be a token without a user", async () => {
    world.source.spies.push(({ login: given }) => {
      if (given !== undefined) expect(given).toEqual({ user: "oauth2", password: login.password });
    });
    const { code } = await world.run({ GIT_INPUT_USER: undefined });
    expect(code).toBe(10);
  });
});
