import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clearOutput, writeOutput } from "../../../delivery/output-file";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gitops-factory-output-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("What --output names", () => {
  it("is a folder that is made, and emptied of what an earlier run has left, of nothing else", () => {
    const plans = join(folder, "plans", "dev");
    clearOutput(plans, ["plan.json"]);
    for (const name of ["plan.json", "notes.txt"]) writeFileSync(join(plans, name), "");
    clearOutput(plans, ["plan.json"]);
    expect(["plan.json", "notes.txt"].map((name) => existsSync(join(plans, name)))).toEqual([false, true]);
  });

  it("is refused as a folder where a file stands", () => {
    const file = join(folder, "plans");
    writeFileSync(file, "");
    expect(() => {
      clearOutput(file, []);
    }).toThrow(
      /plans: the folder cannot be written: it is a file\n {2}fix: {5}name a folder that is yours, by --output/,
    );
    expect(() => {
      clearOutput(join(file, "dev"), []);
    }).toThrow("the folder cannot be written: a part of its path is no folder");
  });

  it("is refused as a file where a folder stands", () => {
    mkdirSync(join(folder, "page.html"));
    expect(() => {
      writeOutput(join(folder, "page.html"), "");
    }).toThrow(/page.html: the file cannot be written: it is a folder/);
  });
});
