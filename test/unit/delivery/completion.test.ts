import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { scriptOf, shells } from "../../../delivery/completion/scripts";
import { runFactory } from "../../../delivery/factory";
import { catchPrinted, type Printed } from "./support/printed";

let printed: Printed;
let cache: string;

beforeEach(() => {
  printed = catchPrinted();
  cache = mkdtempSync(join(tmpdir(), "gitops-factory-completion-"));
  vi.stubEnv("GITOPS_FACTORY_CACHE", cache);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  rmSync(cache, { recursive: true });
});

describe("factory completion", () => {
  it.each(shells)("prints a script for %s, with the path of this factory and nothing left open", async (shell) => {
    await runFactory(["completion", shell]);
    expect(printed.out).toContain(
      `node '${join(__dirname, "..", "..", "..", "bin", "factory.js")}' completion answer --`,
    );
    expect(printed.out).not.toContain("PROGRAM");
    expect(printed.err).toBe("");
  });

  it("prints a script that bash can read", async () => {
    await runFactory(["completion", "bash"]);
    expect(spawnSync("bash", ["-n"], { input: printed.out, encoding: "utf8" })).toMatchObject({
      status: 0,
      stderr: "",
    });
  });

  it.each([
    ["bash", "node '/o'\\''hare/factory.js' "],
    ["zsh", "node '/o'\\''hare/factory.js' "],
    ["fish", "node '/o\\'hare/factory.js' "],
  ] as const)("puts the path into quotes as %s reads them", (shell, expected) => {
    expect(scriptOf(shell, "/o'hare/factory.js")).toContain(expected);
  });

  it("says which shells there are, when called with another", async () => {
    await runFactory(["completion", "tcsh"]);
    expect(process.exitCode).toBe(2);
    expect(printed.err).toContain("Allowed choices are bash, zsh, fish.");
  });

  it.each([
    ["a command", ["va"], "validate\tchecks the catalogue and the config of the stacks, from files alone\n"],
    ["an option of a command of a command", ["lab", "up", "--inst"], /^--installer\twhose cluster/],
    ["the name of a stack", ["validate", "--stack", "st"], "staging\t\n"],
    ["files, which it leaves to the shell", ["corefile", ""], ":files\n"],
    ["nothing where it knows nothing", ["nonsense", "--x", "y"], ""],
    ["the commands where nothing is written", [], /^start\t[\s\S]*\nhelp\t/],
  ])("answers the scripts with %s", async (_, words, expected) => {
    await runFactory(["completion", "answer", "--", ...words]);
    if (typeof expected === "string") expect(printed.out).toBe(expected);
    else expect(printed.out).toMatch(expected);
  });

  it("loads the command that is written, and no other", async () => {
    const load = vi.fn((path: string): unknown => import(/* @vite-ignore */ `../../../delivery/${path.slice(2)}`));
    await runFactory(["completion", "answer", "--", "validate", "-"], load);
    expect(load.mock.calls).toEqual([["./completion"], ["./validate"]]);
  });
});
