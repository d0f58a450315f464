import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ensureTools, silentProgress } from "../../../../lab/toolchain";
import { explainFileError, explainGoFailure } from "../../../../lab/toolchain/go-problems";
import { checkBeforeBuild } from "../../../../lab/toolchain/preflight";
import { UserError } from "../../../../model/problem";
import { FakeMachine } from "./fake-machine";

let machine: FakeMachine;
afterEach(() => {
  machine.remove();
});

async function failure(options: { go: boolean } = { go: true }, env: NodeJS.ProcessEnv = {}): Promise<UserError> {
  machine = new FakeMachine(options);
  const attempt = ensureTools(["etcd"], { env: { ...machine.env, ...env }, progress: silentProgress });
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  expect(machine.cached("tools")).toEqual([]);
  expect(machine.cached("building")).toEqual([]);
  return error as UserError;
}

describe("a build that cannot start says what to do", () => {
  it("names the Go that is wanted when there is none", async () => {
    const { problems } = await failure({ go: false });
    expect(problems).toEqual([
      {
        severity: "error",
        file: "lab/toolchain/modules/etcd/go.mod",
        path: "",
        message: "Go builds the lab's tools and was not found on PATH",
        allowed: "Go 1.26.0 or later",
        fix: "install Go 1.26.0 or later from https://go.dev/dl and put its bin folder on PATH",
      },
    ]);
  });

  it("names the Go that was found when it is too old and may not fetch a newer one", async () => {
    const { problems } = await failure({ go: true }, { FAKE_GO_VERSION: "go1.22.3" });
    expect(problems[0]).toMatchObject({ message: "Go is too old", value: "go1.22.3", allowed: "Go 1.26.0 or later" });
    expect(problems[0]?.fix).toContain("GOTOOLCHAIN=auto");
  });

  it("does not speak of GOTOOLCHAIN to a Go that does not know it", async () => {
    const { problems } = await failure({ go: true }, { FAKE_GO_VERSION: "go1.20", FAKE_GOTOOLCHAIN: "" });
    expect(problems[0]?.fix).not.toContain("GOTOOLCHAIN");
  });

  it("lets a Go that may do so fetch the newer one", async () => {
    machine = new FakeMachine();
    const env = { ...machine.env, FAKE_GO_VERSION: "go1.22.3", FAKE_GOTOOLCHAIN: "auto" };
    await expect(ensureTools(["etcd"], { env, progress: silentProgress })).resolves.toBeDefined();
  });

  it("names the folder whose disk is too full", async () => {
    machine = new FakeMachine();
    const check = checkBeforeBuild({
      folders: ["etcd"],
      modulesDir: join(__dirname, "../../../../lab/toolchain/modules"),
      root: machine.root,
      log: join(machine.root, "log"),
      env: machine.env,
      needed: Number.MAX_SAFE_INTEGER,
    });
    await expect(check).rejects.toThrow(
      /the disk is too full for a build\n +found: .* free for .*\n +allowed: .* GB or/,
    );
  });

  it("names a cache folder that cannot be made", async () => {
    const folder = mkdtempSync(join(tmpdir(), "toolchain-"));
    writeFileSync(join(folder, "file"), "");
    const { message } = await failure({ go: true }, { GITOPS_FACTORY_CACHE: join(folder, "file", "cache") });
    expect(message).toContain("the cache of tools needs a folder where a file lies");
    expect(message).toContain("GITOPS_FACTORY_CACHE");
    rmSync(folder, { recursive: true });
  });
});

describe("a build that fails says why", () => {
  const cases: [string, string, RegExp, RegExp][] = [
    ["no network", 'x@v1.2.3: Get "https://p/x": dial tcp: lookup p: no such host', /not reached/, /GOPROXY/],
    [
      "a proxy that refuses",
      'Get "https://p/x": proxyconnect tcp: dial tcp 1.2.3.4:9: refused',
      /proxy was not reached/,
      /HTTPS_PROXY/,
    ],
    ["a forbidden module", "reading https://p/x.zip: 403 Forbidden", /refused a download/, /GOPROXY/],
    [
      "an unknown certificate",
      'Get "https://p/x": tls: failed to verify: x509: unknown authority',
      /trusted/,
      /SSL_CERT_FILE/,
    ],
    ["downloads switched off", "module lookup disabled by GOPROXY=off", /may not download/, /GOPROXY/],
    ["a full disk", "write $WORK/b001/x: no space left on device", /disk is full/, /GOCACHE/],
    ["other content", "verifying x@v1.2.3: checksum mismatch", /not the one that go.sum pins/, /GOPROXY/],
    ["too little memory", "link: signal: killed", /out of memory/, /4 GB/],
    [
      "a Go that is not to be had",
      "go: download go1.26 for linux/amd64: toolchain not available",
      /too old/,
      /go\.dev/,
    ],
  ];
  it.each(cases)("explains %s", async (_name, stderr, message, fix) => {
    const { problems } = await failure({ go: true }, { FAKE_STDERR: `go: downloading x v1.2.3\n${stderr}` });
    expect(problems[0]?.message).toMatch(message);
    expect(problems[0]?.fix).toMatch(fix);
    expect(problems[0]?.value).toBe(stderr);
  });

  it("shows the end of the log and keeps the whole of it when the cause is not known", async () => {
    machine = new FakeMachine();
    const lines = Array.from({ length: 40 }, (_, index) => `main.go:${String(index)}: undefined: x`);
    const env = { ...machine.env, FAKE_STDERR: lines.join("\n") };
    const error: unknown = await ensureTools(["etcd"], { env, progress: silentProgress }).catch(
      (reason: unknown) => reason,
    );
    expect((error as UserError).message).toContain("main.go:39: undefined: x");
    expect((error as UserError).message).not.toContain("main.go:20: undefined: x");
    const log = join(machine.cache, "logs", "etcd.log");
    expect((error as UserError).problems[0]?.fix).toBe(`read ${log}`);
    expect(readFileSync(log, "utf8")).toMatch(/^\$ go build .*\nmain\.go:0: /);
  });

  it("explains a failed download of a module as well", async () => {
    machine = new FakeMachine();
    const env = { ...machine.env, FAKE_MOD_ERROR: "dial tcp: lookup p: no such host" };
    await expect(ensureTools(["argo-cd-manifests"], { env, progress: silentProgress })).rejects.toThrow(/not reached/);
  });

  it("passes an error on that is none of the user's", () => {
    machine = new FakeMachine();
    const bug = new TypeError("x is not a function");
    expect(explainFileError(bug, machine.cache)).toBe(bug);
  });

  it("does not take a line about a download for its failure", () => {
    machine = new FakeMachine();
    const output = "go: downloading example.org/dial tcp v1.0.0\nmain.go:1: syntax error";
    const { message } = explainGoFailure({ folder: "etcd", subject: "etcd", output, log: "x.log" });
    expect(message).toContain("the build failed");
  });
});
