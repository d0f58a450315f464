import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runFactory } from "../../../delivery/factory";
import { catchPrinted, type Printed } from "./support/printed";

const root = join(__dirname, "..", "..", "..");

let printed: Printed;
let folder: string;

beforeEach(() => {
  printed = catchPrinted();
  folder = mkdtempSync(join(tmpdir(), "gitops-factory-report-"));
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

async function report(...args: string[]): Promise<typeof process.exitCode> {
  const where = args.includes("--root") ? [] : ["--root", root];
  await runFactory(["report", ...where, ...args]);
  return process.exitCode ?? 0;
}

describe("factory report", () => {
  it("writes the page and says where, and how large it is", async () => {
    const file = join(folder, "page.html");
    expect(await report("--output", file)).toBe(0);
    expect(printed.out).toMatch(new RegExp(`^${file}: \\d+ KiB; open it in a browser\\n$`));
    expect(readFileSync(file, "utf8")).toMatch(/^<!doctype html>[\s\S]*<svg [\s\S]*<\/html>\n$/);
    expect(printed.err).toBe("");
  });

  it("prints the page on standard output, and nothing else", async () => {
    expect(await report("--output", "-", "--stack", "dev")).toBe(0);
    expect(printed.out).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  });

  it("prints the facts as JSON, of the stacks that are asked for", async () => {
    expect(await report("--json", "--stack", "prod", "--stack", "dev")).toBe(0);
    const { format, hasStatus, stacks } = JSON.parse(printed.out) as {
      format: number;
      hasStatus: boolean;
      stacks: { stack: string }[];
    };
    expect({ format, hasStatus, stacks: stacks.map(({ stack }) => stack) }).toEqual({
      format: 1,
      hasStatus: false,
      stacks: ["dev", "prod"],
    });
  });

  it("takes the state from a file", async () => {
    const file = join(folder, "status.json");
    writeFileSync(file, '{"format":1,"applications":[]}');
    await report("--json", "--status-file", file);
    expect(JSON.parse(printed.out)).toMatchObject({ hasStatus: true });
  });

  it("warns of a cluster that cannot be asked, and makes the page all the same", async () => {
    vi.stubEnv("KUBECONFIG", join(folder, "none"));
    expect(await report("--json", "--status", "--stack", "prod")).toBe(0);
    vi.unstubAllEnvs();
    expect(printed.err).toMatch(/^warning: stack prod: /);
    expect(JSON.parse(printed.out)).toMatchObject({ stacks: [{ unasked: expect.any(String) as string }] });
  });

  it.each([
    ["a stack that is not there", ["--stack", "pord"], /the stack has no config file[\s\S]*did you mean "prod"\?/],
    ["a folder without stacks", ["--root", tmpdir()], /the folder holds no config of a stack/],
    [
      "a file that cannot be written",
      ["--output", "/nowhere/page.html"],
      /nowhere[^]*its folder does not exist[^]*--output/,
    ],
    ["a state that is not there", ["--status-file", "/nowhere.json"], /\/nowhere.json: there is no such file\n/],
  ])("ends with 1 on %s, and says what to do", async (_, args, expected) => {
    expect(await report(...args)).toBe(1);
    expect(printed.err).toMatch(expected);
    expect(printed.out).toBe("");
  });

  it("ends with 2 when the state shall come from two places", async () => {
    expect(await report("--status", "--status-file", "x")).toBe(2);
    expect(printed.err).toContain("cannot be used with");
  });
});
