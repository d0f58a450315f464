import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeAccess } from "../../../../lab/git/access";
import { gitFiles } from "../../../../lab/git/files";
import { accessGate } from "../../../../lab/git/http/access-gate";
import type { GitGate } from "../../../../lab/git/http/gate";

describe("the gate of the lab's Git server", () => {
  let folder: string;
  let gate: GitGate;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "git-gate-"));
    const files = gitFiles({ parts: folder, logs: folder });
    mkdirSync(join(files.repositories, "acme", "shop.git"), { recursive: true });
    mkdirSync(join(files.repositories, "acme", "docs.git"), { recursive: true });
    writeAccess(files.access, {
      users: { anna: { password: "a" }, ben: { password: "b" } },
      rules: [
        { path: "acme/docs", public: true },
        { path: "acme/shop", readers: ["ben"], writers: ["anna"] },
      ],
    });
    gate = accessGate(files);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const anna = { user: "anna", password: "a" };
  const ben = { user: "ben", password: "b" };

  it("lets in who may, and tells git where the repository is and who it is", () => {
    const admitted = { verdict: "allowed", path: "acme/shop", folder: "acme/shop.git", user: "anna" };
    expect(gate({ path: "acme/shop", need: "write", login: anna })).toEqual(admitted);
    expect(gate({ path: "acme/docs", need: "read" })).toEqual({
      verdict: "allowed",
      path: "acme/docs",
      folder: "acme/docs.git",
    });
  });

  it.each([
    ["a wrong password", "acme/docs", "read", { ...anna, password: "b" }, "log in"],
    ["a reader who writes", "acme/shop", "write", ben, "read only"],
    ["a stranger at what is not public", "acme/shop", "read", undefined, "log in"],
    ["a stranger at what is not there", "acme/none", "read", undefined, "log in"],
    ["somebody at what is not there", "acme/none", "read", anna, "not found"],
    ["somebody at what can be no repository", undefined, "read", anna, "not found"],
  ] as const)("refuses %s", (_, path, need, login, verdict) => {
    expect(gate({ path, need, ...(login !== undefined && { login }) })).toEqual({ verdict });
  });
});
