import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runFactory } from "../../../delivery/factory";
import { projectFolder } from "../../../delivery/project-folder";
import { catchPrinted, type Printed } from "./support/printed";

let printed: Printed;
let folder: string;

beforeEach(() => {
  printed = catchPrinted();
  folder = mkdtempSync(join(tmpdir(), "gitops-factory-manners-"));
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

/** Runs the command and gives back its exit code. */
async function run(...args: string[]): Promise<typeof process.exitCode> {
  await runFactory(args);
  return process.exitCode ?? 0;
}

describe("A user's mistake with --json", () => {
  it.each([
    ["policies", "--stack", "dev"],
    ["graph"],
    ["doctor", "--stack", "dev"],
    ["adopt", "application.yml", "--stack", "dev"],
    ["review", "preview.json"],
    ["diff", "dev", "prod"],
    ["promote", "--from", "dev", "--to", "prod"],
    ["status", "--stack", "dev"],
    ["report"],
    ["validate"],
  ])("is JSON on standard output, and the same in words on standard error: %s", async (...args) => {
    expect(await run(...args, "--json", "--root", folder)).toBe(1);
    const { format, problems } = JSON.parse(printed.out) as { format: number; problems: { message: string }[] };
    expect(format).toBe(1);
    expect(problems.length).toBeGreaterThan(0);
    for (const { message } of problems) expect(printed.err).toContain(message);
  });

  it("is so in subcommands of subcommands", async () => {
    expect(await run("lab", "env", "--json", "--state", folder)).toBe(1);
    expect(JSON.parse(printed.out)).toMatchObject({ problems: [{ message: "there is no lab in this folder" }] });
  });

  it("is the last event of a delivery, whose output is events alone", async () => {
    expect(await run("redeploy", "--json", "--config", join(folder, "none.yaml"))).toBe(1);
    expect(JSON.parse(printed.out)).toMatchObject({ event: "result", result: "failed", problems: [{ path: "" }] });
    expect(printed.err.match(/^error: /gm)).toHaveLength(1);
  });

  it("leaves standard output empty where the command was called wrongly", async () => {
    expect(await run("graph", "--json", "--nonsense")).toBe(2);
    expect(printed.out).toBe("");
  });
});

describe("An option that is given twice", () => {
  it.each([
    ["--stack", ["apply", "-s", "dev", "--stack", "prod"]],
    ["--root", ["validate", "--root", "a", "--root", "b"]],
    ["one with choices", ["graph", "--format", "svg", "-f", "html"]],
  ])("is refused with another value: %s", async (_, args) => {
    expect(await run(...args)).toBe(2);
    expect(printed.err).toMatch(/^error: option '.*' argument '.*' is invalid\. The option is given twice/);
  });

  it("may say the same again", async () => {
    expect(await run("schema", "project", "-o", join(folder, "a"), "-o", join(folder, "a"))).toBe(0);
  });

  it("may be one that gathers", async () => {
    expect(await run("graph", "--root", folder, "-s", "dev", "-s", "prod")).toBe(1);
    expect(printed.err).toContain("Pulumi.prod.yaml");
  });

  it("may have a default", async () => {
    expect(await run("graph", "--root", process.cwd(), "--format", "dot")).toBe(0);
  });
});

describe("The help of a command that there is not", () => {
  it.each([
    [["vaildate", "--help"], "vaildate", "validate"],
    [["help", "vaildate"], "vaildate", "validate"],
    [["lab", "upp", "--help"], "upp", "up"],
    [["lab", "help", "upp"], "upp", "up"],
    [["help", "lab", "upp"], "upp", "up"],
  ])("is refused as the command is: %j", async (args, word, meant) => {
    expect(await run(...args)).toBe(2);
    expect(printed.err).toMatch(new RegExp(`^error: unknown command '${word}'\n\\(Did you mean ${meant}\\?\\)`));
    expect(printed.out).toBe("");
  });
});

it("What a command itself says of a wrong call is an error by its first word, too", async () => {
  expect(await run("adopt")).toBe(2);
  expect(printed.err).toMatch(/^error: name files or folders with Applications/);
});

describe("The project's folder", () => {
  it("is the nearest one with a Pulumi.yaml, from here upwards", () => {
    const below = join(folder, "catalog", "acme");
    mkdirSync(below, { recursive: true });
    expect(projectFolder(below)).toBe(below);
    writeFileSync(join(folder, "Pulumi.yaml"), "");
    expect([below, folder].map(projectFolder)).toEqual([folder, folder]);
  });
});
