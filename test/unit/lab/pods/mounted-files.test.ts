import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeMountedFiles } from "../../../../lab/pods/mounted-files";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gitops-factory-mount-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const names = (): string[] => readdirSync(folder).filter((name) => !name.startsWith(".."));
const content = (name: string): string => readFileSync(join(folder, name), "utf8");

describe("the files of a mounted ConfigMap", () => {
  it("are those of the last state, and what is gone from it is gone from the folder", () => {
    writeMountedFiles(folder, { Corefile: "one", extra: "two" });
    expect(names().map((name) => [name, content(name)])).toEqual([
      ["Corefile", "one"],
      ["extra", "two"],
    ]);
    writeMountedFiles(folder, { Corefile: "three", more: "four" });
    expect(names().map((name) => [name, content(name)])).toEqual([
      ["Corefile", "three"],
      ["more", "four"],
    ]);
  });

  it("leave no earlier state behind", () => {
    for (const text of ["one", "two", "three"]) writeMountedFiles(folder, { Corefile: text });
    expect(readdirSync(folder).filter((name) => name.startsWith("..files-"))).toHaveLength(1);
  });

  it("leave alone what was not mounted: another mount's folder, a file", () => {
    mkdirSync(join(folder, "custom"));
    writeFileSync(join(folder, "note"), "by hand");
    writeMountedFiles(folder, { Corefile: "one" });
    writeMountedFiles(folder, {});
    expect(names()).toEqual(["custom", "note"]);
  });

  it("take the place of files that a run before has left half made", () => {
    writeMountedFiles(folder, { Corefile: "one" });
    mkdirSync(join(folder, "..data.new"));
    writeMountedFiles(folder, { Corefile: "two" });
    expect(content("Corefile")).toBe("two");
  });
});
