import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { logTail } from "../../../../lab/process";
import { temporaryFolder } from "./sample";

const folder = temporaryFolder();

function logOf(text: string): string {
  const file = join(folder, "some.log");
  writeFileSync(file, text);
  return file;
}

describe("the end of a log", () => {
  it("is its last lines, without empty ones", () => {
    expect(logTail(logOf("one\ntwo\n\nthree\n"), 3)).toEqual(["two", "three"]);
  });

  it("is found in a log that is larger than what is read of it", () => {
    expect(logTail(logOf(`${"x".repeat(200_000)}\nthe end\n`), 1)).toEqual(["the end"]);
  });

  it("has its long lines cut", () => {
    const [line = ""] = logTail(logOf("y".repeat(5_000)));
    expect(line).toHaveLength(401);
    expect(line.endsWith("…")).toBe(true);
  });

  it("is empty where there is no log", () => {
    expect(logTail(join(folder, "absent.log"))).toEqual([]);
  });
});
