import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runFactory } from "../../../delivery/factory";
import { eventStream } from "./preview/support/preview-files";
import { projectChange } from "./review/support/shop";
import { catchPrinted, type Printed } from "./support/printed";

let printed: Printed;
let root: string;

beforeEach(() => {
  printed = catchPrinted();
  root = mkdtempSync(join(tmpdir(), "gitops-factory-review-"));
  writeFileSync(join(root, "preview.json"), eventStream([projectChange("create")]));
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(root, { recursive: true });
});

async function review(...args: string[]): Promise<typeof process.exitCode> {
  await runFactory(["review", ...args]);
  return process.exitCode ?? 0;
}

describe("factory review", () => {
  it("writes the whole as Markdown to a file", async () => {
    expect(await review(join(root, "preview.json"), "--output", join(root, "review.md"))).toBe(0);
    expect(readFileSync(join(root, "review.md"), "utf8")).toMatch(/^Adds the project `acme\/shop` to `dev`;/);
    expect(printed.out).toMatch(/^Adds the project acme\/shop to dev;/);
  });

  it("looks for files from here, as all commands do, wherever the project is", async () => {
    expect(await review("preview.json", "--root", root)).toBe(1);
    expect(printed.err).toContain("preview.json: there is no such file");
  });

  it("says why the file cannot be written, as all commands do", async () => {
    expect(await review(join(root, "preview.json"), "--output", join(root, "missing/review.md"))).toBe(1);
    expect(printed.err).toMatch(/missing\/review\.md[^]*its folder does not exist[^]*--output/);
  });
});
