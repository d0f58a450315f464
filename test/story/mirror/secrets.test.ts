import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { login } from "./git-server";
import { MirrorWorld } from "./mirror-run";

let world: MirrorWorld;
afterEach(async () => {
  await world.close();
});

describe("over TLS by a private authority", () => {
  beforeEach(async () => {
    world = await MirrorWorld.create({ tls: true });
    await world.commit("one");
    await world.push("main");
  });

  it("mirrors with the authority of each side, and warns of nothing", async () => {
    const { code, err } = await world.run();
    expect([code, err]).toEqual([0, ""]);
    expect(await world.platform.refs()).toEqual(await world.source.refs());
  });

  it("trusts the platform by the authority that GitLab's runner has", async () => {
    const { code } = await world.run({ GIT_OUTPUT_CA: undefined, CI_SERVER_TLS_CA_FILE: world.platform.ca });
    expect(code).toBe(0);
  });

  it.each([
    ["INPUT", 11, "source", {}],
    ["OUTPUT", 21, "platform", { GIT_SSL_NO_VERIFY: "true" }],
  ] as const)("says that GIT_%s_CA is missing, and never goes on without", async (name, exit, side, more) => {
    const { code, err } = await world.run({ [`GIT_${name}_CA`]: undefined, ...more });
    expect(code).toBe(exit);
    expect(err).toContain(
      `error: the ${side} has a certificate that is not trusted\n  fix: set GIT_${name}_CA, of type File`,
    );
  });
});

describe("passwords", () => {
  const input = "source-password-1";
  const output = login.password;
  beforeEach(async () => {
    world = await MirrorWorld.create();
    world.source.addUser("reader", input);
    await world.commit("one");
    await world.push("main");
  });

  /** Puts a program in front of git that records arguments and environment of each call. */
  function watchGit(): { path: string; log: string } {
    const [path, log] = [join(world.folder, "watched"), join(world.folder, "calls.txt")];
    mkdirSync(path);
    const real = process.env["PATH"] ?? "";
    writeFileSync(
      join(path, "git"),
      `#!/bin/sh\n{ printf "CALL %s\\n" "$*"; env; } >>"${log}"\nPATH="${real}" exec git "$@"\n`,
    );
    chmodSync(join(path, "git"), 0o755);
    return { path: `${path}:${real}`, log };
  }

  it("are given to the one git that needs them, in its environment and never in its arguments", async () => {
    const { path, log } = watchGit();
    const { code, out, err } = await world.run({
      PATH: path,
      GIT_INPUT_USER: "reader",
      GIT_INPUT_PASSWORD: input,
      GIT_TRACE: "1",
      GIT_CURL_VERBOSE: "1",
      GIT_TRACE_CURL: "1",
      GIT_TRACE_REDACT: "0",
    });
    expect(code).toBe(0);
    const calls = readFileSync(log, "utf8")
      .split(/^CALL /m)
      .slice(1);
    const operation = (call: string): string =>
      /\b(ls-remote|fetch|push)\b/.exec(call.split("\n")[0] ?? "")?.[0] ?? "other";
    const holding = (secret: string): string[] => calls.filter((call) => call.includes(secret)).map(operation);
    expect(holding(input)).toEqual(["ls-remote", "fetch"]);
    expect(holding(output)).toEqual(["ls-remote", "push"]);
    for (const call of calls) {
      const [args = ""] = call.split("\n");
      expect(args).not.toContain(input);
      expect(args).not.toContain(output);
    }
    const basic = [`reader:${input}`, `${login.user}:${output}`].map((pair) => Buffer.from(pair).toString("base64"));
    for (const secret of [input, output, ...basic]) expect(out + err).not.toContain(secret);
  });

  it("are not printed when a server says them", async () => {
    world.platform.refuse("refs/heads/main", `who is ${output}?`);
    const { code, err } = await world.run();
    expect(code).toBe(22);
    expect(err).toContain("(a line with a password in it)");
    expect(err).not.toContain(output);
  });

  it("do not follow a redirect to another server", async () => {
    const seen: string[] = [];
    const other = await MirrorWorld.create();
    other.source.spies.push(({ login: given }) => seen.push(given?.password ?? "none"));
    world.source.redirectTo(other.source.url);
    const { code } = await world.run();
    await other.close();
    expect(code).toBe(10);
    expect(new Set(seen)).toEqual(new Set(["none"]));
  });
});
