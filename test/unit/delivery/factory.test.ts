import type { Command } from "commander";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as corefile from "../../../corefile";
import { commandGroups } from "../../../delivery/commands";
import { factory, runFactory } from "../../../delivery/factory";
import { catchPrinted, type Printed } from "./support/printed";

let printed: Printed;
let folder: string;

beforeEach(() => {
  printed = catchPrinted();
  folder = mkdtempSync(join(tmpdir(), "gitops-factory-command-"));
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

/** Every subcommand that help shows, as it is written: `["lab", "up"]`. */
function subcommands(command: Command, path: readonly string[] = []): string[][] {
  const visible = command.createHelp().visibleCommands(command);
  return visible
    .filter((one) => one.name() !== "help")
    .flatMap((one) => [[...path, one.name()], ...subcommands(one, [...path, one.name()])]);
}

describe("factory", async () => {
  const whole = await factory();

  it.each(Object.values(commandGroups).flatMap((group) => Object.entries(group)))(
    "has the subcommand %s, and shows of it the line that its own help begins with",
    (name, description) => {
      expect(whole.commands.find((one) => one.name() === name)?.description()).toBe(description);
    },
  );

  it("needs no subcommand's module for its own help", async () => {
    const load = vi.fn();
    await runFactory(["--help"], load);
    expect(load).not.toHaveBeenCalled();
    expect(printed.out).toContain("\nTry it:\n  start");
  });

  it.each([
    ["a command", ["lab", "status", "--state", "/nowhere"], "./lab"],
    ["the command whose help is asked for", ["help", "bump"], "./bump"],
  ])("loads the module of %s alone", async (_, args, path) => {
    const load = vi.fn((module: string): unknown => import(/* @vite-ignore */ `../../../delivery/${module.slice(2)}`));
    await runFactory(args, load);
    expect(load.mock.calls).toEqual([[path]]);
  });

  it("shows its help on standard output, with the exit codes", async () => {
    expect(await run("--help")).toBe(0);
    expect(printed.out).toMatch(/^Usage: factory \[options\] \[command\]\n/);
    expect(printed.out).toMatch(/\nExit codes:\n {2}0 {4}done\n/);
    expect(printed.err).toBe("");
  });

  it.each(subcommands(whole).map((path) => [path.join(" "), path] as const))(
    "shows the help of %s on standard output, for a terminal of 80 columns",
    async (name, path) => {
      expect(await run(...path, "--help")).toBe(0);
      expect(printed.out).toMatch(new RegExp(`^Usage: factory ${name} `));
      expect(Math.max(...printed.out.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
      expect(printed.err).toBe("");
    },
  );

  it.each(subcommands(whole).map((path) => [path.join(" "), path] as const))(
    "shows examples and exit codes in the help of %s",
    async (_, path) => {
      await run(...path, "--help");
      expect(printed.out).toMatch(/\nExamples:\n {2}\$ .*(?:npm start|npx factory)/);
      expect(printed.out).toMatch(/\nExit codes:/);
    },
  );

  it("shows its help as an error when no command is given", async () => {
    expect(await run()).toBe(2);
    expect(printed.out).toBe("");
    expect(printed.err.split("\n")[0]).toBe("Usage: factory [options] [command]");
  });

  it.each([
    ["an unknown command", ["nonsense"], "error: unknown command 'nonsense'\n"],
    ["a command written wrongly", ["vaildate"], "error: unknown command 'vaildate'\n(Did you mean validate?)\n"],
    ["a subcommand written wrongly", ["lab", "upp"], "error: unknown command 'upp'\n(Did you mean up?)\n"],
    [
      "an option written wrongly",
      ["lab", "up", "--instaler", "kubeadm"],
      "error: unknown option '--instaler'\n(Did you mean --installer?)\n",
    ],
    [
      "a value that is none of the choices",
      ["lab", "up", "--installer", "minikube"],
      "error: option '--installer <name>' argument 'minikube' is invalid. Allowed choices are kubespray, kubeadm.\n",
    ],
    [
      "a value that is nearly one of the choices",
      ["lab", "up", "--installer", "kubespary"],
      "error: option '--installer <name>' argument 'kubespary' is invalid. Allowed choices are kubespray, kubeadm.\n(Did you mean kubespray?)\n",
    ],
    [
      "the same as an argument",
      ["completion", "bsh"],
      "error: command-argument value 'bsh' is invalid for argument 'shell'. Allowed choices are bash, zsh, fish.\n(Did you mean bash?)\n",
    ],
    ["an option without its value", ["validate", "--stack"], "error: option '-s, --stack <name>' argument missing\n"],
    ["a missing option", ["corefile", "Corefile"], "error: required option '--zone <zone>' not specified\n"],
    [
      "too many arguments",
      ["start", "dev"],
      "error: too many arguments for 'start'. Expected 0 arguments but got 1.\n",
    ],
    [
      "options that exclude each other",
      ["lab", "status", "--name", "a", "--state", "b"],
      "error: option '--state <dir>' cannot be used with option '--name <name>'\n",
    ],
  ])("ends with 2 on %s, and says where help is", async (_, args, message) => {
    expect(await run(...args)).toBe(2);
    expect(printed.err).toBe(`${message}(--help shows what can be written)\n`);
    expect(printed.out).toBe("");
  });

  it("ends with 1 on a user's mistake, without a stack trace", async () => {
    expect(await run("lab", "up", "--name", "A_B")).toBe(1);
    expect(printed.err).toBe(
      [
        "error: factory lab: --name: a lab cannot be called so",
        "  found:   A_B",
        "  allowed: lower-case letters, digits and hyphens inside",
        "  fix:     choose such a name, or give the folder by --state",
        "",
      ].join("\n"),
    );
  });

  it("ends with 70 on a bug of ours, with its stack", async () => {
    vi.spyOn(corefile, "reconcileCorefile").mockImplementation(() => {
      throw new TypeError("it broke");
    });
    expect(await run("corefile", "docs/examples/Corefile", "--zone", "a", "--to", "10.0.0.2")).toBe(70);
    expect(printed.err).toMatch(/^TypeError: it broke\n {4}at /);
  });
});

describe("factory lab where there is none", () => {
  const none = (): string => join(folder, "none");

  it("has the status no", async () => {
    expect(await run("lab", "status", "--state", none())).toBe(3);
    expect(printed).toEqual({ out: `there is no lab in ${none()}\n`, err: "" });
  });

  it("has the status no as JSON too", async () => {
    expect(await run("lab", "status", "--json", "--state", none())).toBe(3);
    expect(JSON.parse(printed.out)).toEqual({ stateDir: none(), running: false, processes: [] });
  });

  it("has no environment, and says how to make one", async () => {
    expect(await run("lab", "env", "--state", none())).toBe(1);
    expect(printed.out).toBe("");
    expect(printed.err).toBe(
      `error: ${none()}: there is no lab in this folder\n  fix:     make one: npx factory lab up --state '${none()}'\n`,
    );
  });

  it.each([[[]], [["--delete"]]])("has nothing to stop, and deletes nothing (%j)", async (flags) => {
    expect(await run("lab", "down", "--state", folder, ...flags)).toBe(0);
    expect(printed).toEqual({ out: "", err: `there is no lab in ${folder}: nothing is stopped\n` });
  });
});
