import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const setup = join(__dirname, "..", "..", "..", "bin", "setup.js");
const message = "installing npm packages\n";

describe("What npm start does before anything is installed", () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "gitops-factory-setup-"));
    for (const folder of ["bin", "path"]) mkdirSync(join(root, folder));
    cpSync(setup, join(root, "bin", "setup.js"));
    writeFileSync(join(root, "package-lock.json"), "{}\n");
    npm('mkdir -p node_modules; echo "$@" >> calls');
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  /** Puts a command called npm on PATH, and nothing else besides the shell's own. */
  function npm(script: string): void {
    const file = join(root, "path", "npm");
    writeFileSync(file, `#!/bin/sh\n${script}\n`);
    chmodSync(file, 0o755);
  }

  /** Runs it as `npm start` does; `before` is JavaScript that comes first. */
  function run(before = "", path = `${join(root, "path")}:/usr/bin:/bin`) {
    const program = `${before}; process.stdout.write(require("./bin/setup.js")())`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", program], {
      cwd: root,
      env: { PATH: path },
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }

  const calls = (): string[] => readFileSync(join(root, "calls"), "utf8").trimEnd().split("\n");

  it("installs the packages of the lock file, without their scripts, and says where the project is", () => {
    expect(run()).toEqual({ status: 0, stdout: root, stderr: message });
    expect(calls()).toEqual(["ci --ignore-scripts --no-audit --no-fund --loglevel=error"]);
  });

  it("does so once, until the lock file changes", () => {
    run();
    expect(run()).toEqual({ status: 0, stdout: root, stderr: "" });
    writeFileSync(join(root, "package-lock.json"), "{ }\n");
    expect(run().stderr).toBe(message);
    expect(calls()).toHaveLength(2);
  });

  it("does so again after node_modules was removed", () => {
    run();
    rmSync(join(root, "node_modules"), { recursive: true });
    expect(run().stderr).toBe(message);
  });

  it("ends with npm's own message and the next step when npm fails, and tries again next time", () => {
    npm('mkdir -p node_modules; echo "npm error network" >&2; exit 1');
    expect(run()).toEqual({
      status: 1,
      stdout: "",
      stderr: `${message}npm error network\nerror: npm ci failed: see its message above, mend the cause and run the command again\n`,
    });
    npm("mkdir -p node_modules");
    expect(run()).toEqual({ status: 0, stdout: root, stderr: message });
  });

  it("ends quietly as a program that Ctrl-C has ended when npm was", () => {
    npm("kill -INT $$");
    expect(run()).toEqual({ status: 130, stdout: "", stderr: message });
  });

  it("says so when there is no npm", () => {
    const { status, stderr } = run("", join(root, "bin"));
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: npm could not be started \(.*ENOENT.*\); install it with Node\.js$/m);
  });

  it.each(["18.20.4", "20.18.3"])("refuses Node.js %s before it touches anything", (version) => {
    const older = `Object.defineProperty(process.versions, "node", { value: "${version}" })`;
    expect(run(older)).toEqual({
      status: 1,
      stdout: "",
      stderr: `error: Node.js ${version} is too old; install 20.19 or later (https://nodejs.org)\n`,
    });
    expect(existsSync(join(root, "calls"))).toBe(false);
  });
});
