import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createProgress, ensureNpmTool, silentProgress } from "../../../../lab/toolchain";
import { npmToolKey } from "../../../../lab/toolchain/npm-tools";
import { UserError } from "../../../../model/problem";
import { FakeMachine } from "./fake-machine";

/**
 * Acts as `npm ci` does: puts the packages of the lock file into node_modules. Each call is a line in $FAKE/npm; the
 * text in $FAKE/says is what it fails with.
 */
const fakeNpm = `#!/bin/sh
PATH=/usr/bin:/bin
echo "$1 $DEVELOPMENT_SKIP_GETTING_ASSET $npm_package_name" >> "$FAKE/npm"
[ -e "$FAKE/says" ] && cat "$FAKE/says" >&2 && exit 1
[ -e package-lock.json ] && [ -e .npmrc ] || exit 1
mkdir -p node_modules/gitlab-ci-local/src
echo "// made" > node_modules/gitlab-ci-local/src/index.js
`;

let machine: FakeMachine;
beforeEach(() => {
  machine = new FakeMachine({ go: false });
});
afterEach(() => {
  machine.remove();
});

const ensure = (env = machine.env): Promise<string> =>
  ensureNpmTool("gitlab-ci-local", { env, progress: silentProgress });

function calls(): string[] {
  const file = join(machine.root, "npm");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
}

async function failure(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

describe("an npm program", () => {
  it("is installed once from its lock file, and found in the cache after that", async () => {
    machine.program("npm", fakeNpm);
    const script = await ensure({ ...machine.env, npm_package_name: "another package" });
    expect(script).toBe(
      join(
        machine.cache,
        "tools",
        `gitlab-ci-local-${npmToolKey("gitlab-ci-local")}`,
        "node_modules/gitlab-ci-local/src/index.js",
      ),
    );
    expect(readFileSync(script, "utf8")).toBe("// made\n");
    expect(await ensure()).toBe(script);
    // What is compiled comes from pinned sources, and nothing of an outer npm is told.
    expect(calls()).toEqual(["ci true"]);
    expect(readdirSync(join(machine.cache, "building"))).toEqual([]);
  });

  it("is installed once where two want it at the same time", async () => {
    machine.program("npm", fakeNpm);
    const [one, other] = await Promise.all([ensure(), ensure()]);
    expect(one).toBe(other);
    expect(calls()).toHaveLength(1);
  });

  it("tells the user that it is at work, and says nothing when there is nothing to do", async () => {
    machine.program("npm", fakeNpm);
    const lines: string[] = [];
    const progress = createProgress({ write: (text) => lines.push(text) });
    await ensureNpmTool("gitlab-ci-local", { env: machine.env, progress });
    expect(lines.join("")).toMatch(/^installing gitlab-ci-local from its lock file.*\n.*by npm …\n.*done in \S+\n$/);
    lines.length = 0;
    await ensureNpmTool("gitlab-ci-local", { env: machine.env, progress });
    expect(lines).toEqual([]);
  });
});

describe("an installation that fails", () => {
  it("says where npm comes from when there is none", async () => {
    expect(await failure(ensure())).toMatch(
      /npm installs gitlab-ci-local and was not found on PATH\n.*bin folder of Node\.js/,
    );
  });

  it.each([
    ["npm error code E404\nnpm error 404 Not Found", "the npm registry refused a download"],
    ["npm error code EINTEGRITY\nnpm error sha512", "is not the one that package-lock.json pins"],
    ["npm error network request failed, reason: connect ECONNREFUSED 127.0.0.1:1", "was not reached"],
    ["npm error code ENOSPC", "the disk is full"],
    ["gyp ERR! find Python You need to install the latest version of Python.", "a compiler is missing"],
    ["make: g++: No such file\n/bin/sh: 1: g++: not found", "a compiler is missing"],
    ["something else", "the installation failed"],
  ])("with %j says: %s", async (said, expected) => {
    machine.program("npm", fakeNpm);
    writeFileSync(join(machine.root, "says"), `${said}\n`);
    const message = await failure(ensure());
    expect(message).toContain("lab/toolchain/npm/gitlab-ci-local/package.json");
    expect(message).toContain(expected);
    expect(readdirSync(join(machine.cache, "building"))).toEqual([]);
    expect(readFileSync(join(machine.cache, "logs", "npm-gitlab-ci-local.log"), "utf8")).toContain(said);
  });
});

describe("the lock file", () => {
  const folder = join(__dirname, "../../../../lab/toolchain/npm/gitlab-ci-local");
  const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")) as {
    packages: Record<string, { version?: string; resolved?: string; integrity?: string }>;
  };

  it("pins every package by a checksum, names no host, and holds the version that the manifest names", () => {
    const { "": root, ...packages } = lock.packages;
    expect(root).toBeDefined();
    expect(
      Object.values(packages).filter(({ integrity, resolved }) => integrity === undefined || resolved !== undefined),
    ).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { dependencies: object };
    expect(manifest.dependencies).toEqual({ "gitlab-ci-local": packages["node_modules/gitlab-ci-local"]?.version });
  });
});
