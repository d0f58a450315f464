import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { validate, validateCommand } from "../../../delivery/validate";
import { UserError } from "../../../model/problem";
import { SHOP, workspace } from "../model/workspace";
import { catchPrinted, type Printed } from "./support/printed";

let printed: Printed;

beforeEach(() => {
  printed = catchPrinted();
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

async function run(root: string, ...options: string[]): Promise<typeof process.exitCode> {
  await validateCommand().parseAsync(["--root", root, ...options], { from: "user" });
  return process.exitCode;
}

const BAD = { "catalog/acme/shop.yaml": SHOP.replace("kind: kustomize", "kind: kustomise") };
const IP = { "catalog/acme/shop.yaml": SHOP.replace("git.acme.example", "192.168.1.7") };

describe("factory validate", () => {
  it("prints one line a stack and ends with 0 when all is well", async () => {
    const root = workspace({ "Pulumi.staging.yaml": "config: {}\n" });
    expect(await run(root)).toBeUndefined();
    expect(printed.out).toBe(
      "dev: 1 project, 1 Application, no problem\nstaging: 1 project, 1 Application, no problem\n",
    );
    expect(printed.err).toBe("");
  });

  it("checks only the stack that is named", async () => {
    expect(await run(workspace({ "Pulumi.staging.yaml": "config: [\n" }), "--stack", "dev")).toBeUndefined();
    expect(printed.out).toBe("dev: 1 project, 1 Application, no problem\n");
  });

  it("prints problems on standard error, one that stacks share once, and ends with 1", async () => {
    expect(await run(workspace({ ...BAD, "Pulumi.staging.yaml": "config: {}\n" }))).toBe(1);
    expect(printed.out).toBe("dev: not valid, 1 error\nstaging: not valid, 1 error\n");
    expect(printed.err).toBe(
      [
        "error: catalog/acme/shop.yaml:7:5: repositories[0].kind: the value is not one of those known",
        "  found:   kustomise",
        "  allowed: manifests, kustomize, helm",
        '  fix:     did you mean "kustomize"?',
        "",
      ].join("\n"),
    );
  });

  it("prints warnings and ends with 0", async () => {
    expect(await run(workspace(IP))).toBeUndefined();
    expect(printed.out).toBe("dev: 1 project, 1 Application, 1 warning\n");
    expect(printed.err).toContain(
      "warning: catalog/acme/shop.yaml:6:5: repositories[0].url: the repository's host is an IP address",
    );
  });

  it("prints everything as JSON on standard output with --json, and problems in words beside it", async () => {
    expect(await run(workspace(BAD), "--json")).toBe(1);
    expect(JSON.parse(printed.out)).toMatchObject({
      format: 1,
      valid: false,
      stacks: [{ stack: "dev", valid: false, errors: 1, warnings: 0 }],
      problems: [
        { severity: "error", file: "catalog/acme/shop.yaml", path: "repositories[0].kind", value: "kustomise" },
      ],
    });
    expect(printed.err).toContain("repositories[0].kind: the value is not one of those known");
  });

  it("checks the stacks that are named, each once", async () => {
    const root = workspace({ "Pulumi.prod.yaml": "config: {}\n", "Pulumi.staging.yaml": "config: {}\n" });
    await run(root, "-s", "staging", "-s", "dev", "-s", "staging");
    expect(printed.out).toMatch(/^staging: .*\ndev: .*\n$/);
  });

  it("refuses a stack that has no file", async () => {
    expect(await run(workspace(), "--stack", "prod")).toBe(1);
    expect(printed.err).toContain("Pulumi.prod.yaml: the stack has no config file");
  });

  it.each(["", "/nowhere"])("refuses a folder without stacks (%s)", async (below) => {
    await expect(run(`${workspace()}/catalog${below}`)).rejects.toThrow(UserError);
  });

  it("passes for every example", () => {
    expect(validate(process.cwd(), ["dev", "staging", "prod"])).toMatchObject({ valid: true, problems: [] });
  });
});
