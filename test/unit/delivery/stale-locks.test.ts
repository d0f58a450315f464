import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { removeStaleLocks } from "../../../delivery/stale-locks";

/** The id of a process that has just ended. */
const ended = (): number => spawnSync(process.execPath, ["--version"]).pid;

describe("Locks that a killed pulumi has left", () => {
  let backend: string;
  let folder: string;

  beforeEach(() => {
    backend = mkdtempSync(join(tmpdir(), "gitops factory-locks-"));
    folder = join(backend, ".pulumi", "locks", "organization", "gitops-factory", "dev");
    mkdirSync(folder, { recursive: true });
  });
  afterEach(() => {
    rmSync(backend, { recursive: true });
  });

  const lock = (name: string, content: unknown): void => {
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  };
  const remove = (stack = "dev"): number[] => removeStaleLocks(pathToFileURL(backend).href, "gitops-factory", stack);

  it("are removed when their process is gone", () => {
    const [one, other] = [ended(), ended()];
    lock("one.json", { pid: one, hostname: hostname(), username: "me", timestamp: "2026-01-01T00:00:00Z" });
    lock("other.json", { pid: other, hostname: hostname() });
    expect(remove().sort()).toEqual([one, other].sort());
    expect(readdirSync(folder)).toEqual([]);
  });

  it("stay while their process runs", () => {
    lock("mine.json", { pid: process.pid, hostname: hostname() });
    expect(remove()).toEqual([]);
    expect(existsSync(join(folder, "mine.json"))).toBe(true);
  });

  it("stay when they are another machine's, whose processes cannot be seen from here", () => {
    lock("theirs.json", { pid: ended(), hostname: `not-${hostname()}` });
    expect(remove()).toEqual([]);
    expect(existsSync(join(folder, "theirs.json"))).toBe(true);
  });

  it("stay when they cannot be read, or are no locks", () => {
    lock("half.json", '{"pid": 1');
    lock("note.txt", { pid: ended(), hostname: hostname() });
    expect(remove()).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(["half.json", "note.txt"]);
  });

  it("are those of the one stack only, which may have none", () => {
    lock("one.json", { pid: ended(), hostname: hostname() });
    expect(remove("prod")).toEqual([]);
    expect(readdirSync(folder)).toEqual(["one.json"]);
  });
});
