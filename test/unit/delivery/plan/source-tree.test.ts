import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { differences, readSourceTree } from "../../../../delivery/plan/source-tree";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gitops-factory-source-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const git = (...args: string[]): void => {
  // Nothing of the user's own settings, such as signatures.
  const env = { PATH: process.env["PATH"], GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  execFileSync("git", ["-C", root, "-c", "user.name=a", "-c", "user.email=a@example.org", ...args], { env });
};

function commit(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "--message", "a commit");
}

describe("The files of a stack", () => {
  it("are those of the commit, without other stacks' config and what no program reads", async () => {
    commit({
      ...{ "index.ts": "1", "catalog/acme/shop.yaml": "1", "Pulumi.dev.yaml": "1", "Pulumi.prod.yaml": "1" },
      ...{ "README.md": "1", "docs/a.txt": "1", "test/a.ts": "1", "Pulumi.yaml": "1" },
    });
    writeFileSync(join(root, "untracked"), "");
    const { files } = await readSourceTree(root, "dev");
    expect(Object.keys(files)).toEqual(["Pulumi.dev.yaml", "Pulumi.yaml", "catalog/acme/shop.yaml", "index.ts"]);
  });

  it("are refused with changes that are in no commit, and outside of Git", async () => {
    await expect(readSourceTree(root, "dev")).rejects.toThrow("no checkout of a Git repository");
    commit({ "catalog/acme/shop.yaml": "1" });
    writeFileSync(join(root, "catalog/acme/shop.yaml"), "2");
    await expect(readSourceTree(root, "dev")).rejects.toThrow("found:   catalog/acme/shop.yaml");
  });
});

describe("differences", () => {
  it("are what was added, changed and removed", () => {
    expect(differences({ a: "1", b: "1", c: "1" }, { b: "2", c: "1", d: "1" })).toEqual(["a", "b", "d"]);
  });
});
