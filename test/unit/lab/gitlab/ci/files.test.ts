import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { parseText } from "../../../../../lab/gitlab/ci/dotenv";
import { endLeftovers } from "../../../../../lab/gitlab/ci/leftovers";
import { limiter } from "../../../../../lab/gitlab/ci/limit";
import { zip } from "../../../../../lab/gitlab/ci/zip";

describe("an archive of artifacts", () => {
  it("holds each file by its path, and an index at its end", () => {
    const content = Buffer.from("made ".repeat(100));
    const archive = zip([
      { path: "dist/é.txt", content, mode: 0o100644 },
      { path: "run.sh", content: Buffer.from("#!/bin/sh\n"), mode: 0o100755 },
    ]);
    const nameLength = archive.readUInt16LE(26);
    const packed = archive.subarray(30 + nameLength, 30 + nameLength + archive.readUInt32LE(18));
    expect(archive.subarray(30, 30 + nameLength).toString()).toBe("dist/é.txt");
    expect(inflateRawSync(packed)).toEqual(content);
    const end = archive.subarray(-22);
    expect([end.readUInt32LE(0), end.readUInt16LE(10)]).toEqual([0x06054b50, 2]);
    const index = archive.subarray(end.readUInt32LE(16));
    expect(index.readUInt32LE(0)).toBe(0x02014b50);
    expect(index.readUInt32LE(38) >>> 16).toBe(0o100644);
  });
});

describe("a dotenv report", () => {
  it("has a variable in each line, quotes around values going; other lines are no variables", () => {
    expect(parseText(`A=1\nB="two words"\r\n# no\n\n C=a=b \nD='x"'\n9=no\n`)).toEqual({
      A: "1",
      B: "two words",
      C: "a=b",
      D: 'x"',
    });
  });
});

describe("what a killed double has left running", () => {
  it("is ended, known by its home, and its folders go; a process of another home goes on", async () => {
    const root = mkdtempSync(join(tmpdir(), "leftovers-"));
    const runs = join(root, "runs");
    mkdirSync(join(runs, "7", "home"), { recursive: true });
    const start = (HOME: string): { readonly child: ReturnType<typeof spawn>; readonly end: Promise<unknown> } => {
      const child = spawn("sleep", ["300"], { env: { PATH: process.env["PATH"] ?? "", HOME } });
      return { child, end: new Promise((resolve) => child.on("exit", (_, signal) => void resolve(signal))) };
    };
    const leftover = start(join(runs, "7", "home"));
    const other = start(root);
    await Promise.all([leftover, other].map(({ child }) => new Promise((resolve) => child.on("spawn", resolve))));
    endLeftovers(runs);
    expect([await leftover.end, existsSync(runs), other.child.exitCode]).toEqual(["SIGKILL", false, null]);
    other.child.kill();
    expect(await other.end).toBe("SIGTERM");
    rmSync(root, { recursive: true });
  });
});

describe("a limit", () => {
  it("lets only so many works be in progress, and goes on after one that fails", async () => {
    const limit = limiter(2);
    let [active, most] = [0, 0];
    const work = (fails: boolean) => async (): Promise<string> => {
      active += 1;
      most = Math.max(most, active);
      await new Promise((resolve) => setImmediate(resolve));
      active -= 1;
      if (fails) throw new Error("no");
      return "done";
    };
    const all = [true, false, false, true, false].map((fails) => limit(work(fails)));
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
      "rejected",
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    expect(most).toBe(2);
  });
});
