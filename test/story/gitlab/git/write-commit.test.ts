import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noCommit } from "../../../../lab/git/webhooks/push-event";
import { readCommits } from "../../../../lab/gitlab/git/commit-log";
import { diffOf, emptyTree } from "../../../../lab/gitlab/git/diff";
import type { FileAction } from "../../../../lab/gitlab/git/file-actions";
import { mergeTrees } from "../../../../lab/gitlab/git/merge";
import { listRefs, moveRef } from "../../../../lab/gitlab/git/refs";
import { Repository } from "../../../../lab/gitlab/git/repository";
import { findEntry, listTree, readBlob } from "../../../../lab/gitlab/git/tree";
import { writeFilesCommit } from "../../../../lab/gitlab/git/write-commit";

const person = { name: "Anna", email: "anna@acme.example" };
const text = (message: string) => ({ message, author: person, committer: person, date: new Date(1_800_000_000_000) });
const create = (path: string, content: string): FileAction => ({
  action: "create",
  path,
  content: Buffer.from(content),
});

describe("commits by plumbing in a bare repository", () => {
  let folder: string;
  let repository: Repository;
  let first: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gitlab-git-"));
    execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", folder]);
    repository = new Repository(folder, { PATH: process.env["PATH"] ?? "", HOME: folder });
    const files = [create("a/b.txt", "one\n"), create("z.txt", "z\n"), create("run.sh", "#!/bin/sh\n")];
    first = await writeFilesCommit(repository, undefined, files, text("the first"));
    await moveRef(repository, "refs/heads/main", noCommit, first);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const change = (...actions: FileAction[]) => writeFilesCommit(repository, first, actions, text("a change"));

  it("hold the files, their modes and the words of who made them", async () => {
    const [commit] = await readCommits(repository, ["main"]);
    expect(commit).toMatchObject({ id: first, title: "the first", parent_ids: [], author_name: "Anna" });
    expect(commit?.committed_date).toBe("2027-01-15T08:00:00.000+00:00");
    expect((await listTree(repository, first, "", true))?.map(({ path }) => path)).toEqual([
      "a",
      "a/b.txt",
      "run.sh",
      "z.txt",
    ]);
  });

  it("change, move, remove and make executable, several files in one", async () => {
    const second = await change(
      { action: "update", path: "z.txt", content: Buffer.from("zz\n") },
      { action: "move", previous: "a/b.txt", path: "c/d.txt" },
      { action: "chmod", path: "run.sh", executable: true },
      create("new.txt", "n\n"),
      { action: "delete", path: "new.txt" },
    );
    const changes = (await diffOf(repository, first, second)).map((one) => [one.old_path, one.new_path, one.b_mode]);
    expect(changes).toEqual([
      ["a/b.txt", "c/d.txt", "100644"],
      ["run.sh", "run.sh", "100755"],
      ["z.txt", "z.txt", "100644"],
    ]);
    const entry = await findEntry(repository, second, "z.txt");
    expect((await readBlob(repository, entry?.id ?? "")).toString()).toBe("zz\n");
  });

  it.each<[string, FileAction]>([
    ["A file with this name already exists", create("z.txt", "")],
    ["A file with this name already exists", create("z.txt/inside", "")],
    ["A directory with this name already exists", create("a", "")],
    ["A file with this name doesn't exist", { action: "delete", path: "no.txt" }],
    ["A file with this name doesn't exist", { action: "update", path: "a", content: Buffer.from("") }],
    [
      "You are attempting to update a file that has changed since you started editing it.",
      { action: "update", path: "z.txt", content: Buffer.from(""), lastCommit: noCommit },
    ],
  ])("are refused: %s", async (message, action) => {
    await expect(change(action)).rejects.toThrow(message);
  });

  it("move no branch that somebody else has moved", async () => {
    const second = await change(create("other.txt", "o\n"));
    await expect(moveRef(repository, "refs/heads/main", second, second)).rejects.toThrow(/Please refresh/);
    expect((await listRefs(repository, "heads")).map(({ name, commit }) => [name, commit])).toEqual([["main", first]]);
  });

  it("of which two change the same line conflict", async () => {
    const ours = await change({ action: "update", path: "z.txt", content: Buffer.from("ours\n") });
    const theirs = await change({ action: "update", path: "z.txt", content: Buffer.from("theirs\n") });
    const apart = await change(create("apart.txt", "x\n"));
    expect(await mergeTrees(repository, ours, theirs)).toEqual({ conflicts: ["z.txt"] });
    expect(await mergeTrees(repository, ours, apart)).toHaveProperty("tree");
  });

  it("are told as the text of their change", async () => {
    const [added] = await diffOf(repository, emptyTree, first);
    expect(added).toMatchObject({ new_path: "a/b.txt", new_file: true, diff: "@@ -0,0 +1 @@\n+one\n" });
  });
});
