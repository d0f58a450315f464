import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { graphCommand } from "../../../delivery/graph";
import { UserError } from "../../../model/problem";
import { SHOP, workspace } from "../model/workspace";
import { catchPrinted, type Printed } from "./support/printed";

let printed: Printed;

beforeEach(() => {
  printed = catchPrinted();
});

afterEach(() => {
  vi.restoreAllMocks();
});

const STAGING = { "Pulumi.staging.yaml": "config: {}\n" };

async function run(root: string, ...options: string[]): Promise<void> {
  await graphCommand().parseAsync(["--root", root, ...options], { from: "user" });
}

async function problemOf(root: string, ...options: string[]) {
  const error: unknown = await run(root, ...options).catch((thrown: unknown) => thrown);
  if (!(error instanceof UserError)) throw new Error("a UserError was expected", { cause: error });
  return error.problems;
}

describe("factory graph", () => {
  it("draws all stacks in Mermaid, and nothing on standard error", async () => {
    await run(workspace(STAGING));
    expect(printed.out).toMatch(/^flowchart LR\n {2}accTitle: The factory: dev, staging\n/);
    expect(printed.out).toContain('["acme-shop-dev-6293<br/>dev"]');
    expect(printed.out).toContain('["acme-shop-staging-41a5<br/>staging"]');
    expect(printed.err).toBe("");
  });

  it("draws the stack that is named, once", async () => {
    await run(workspace(STAGING), "-s", "dev", "-s", "dev", "--json");
    expect(JSON.parse(printed.out)).toMatchObject({
      stacks: [{ stack: "dev", environment: "dev" }],
      organisations: [{ name: "acme", projects: [{ name: "shop", namespaces: [{ name: "acme-shop-dev-6293" }] }] }],
    });
  });

  it.each([
    ["markdown", /^# The factory: dev\n/],
    ["svg", /^<svg xmlns=/],
    ["html", /^<!doctype html>\n/],
    ["dot", /^digraph factory \{\n/],
    ["json", /^\{\n {2}"format": 1,\n {2}"stacks"/],
  ])("writes %s", async (format, beginning) => {
    await run(workspace(), "--format", format);
    expect(printed.out).toMatch(beginning);
  });

  it("does not write JSON and something else at once", async () => {
    const command = graphCommand()
      .exitOverride()
      .configureOutput({ writeErr: () => undefined });
    const drawn = command.parseAsync(["--root", workspace(), "--format", "svg", "--json"], { from: "user" });
    await expect(drawn).rejects.toThrow("option '--json' cannot be used with '--format svg'");
    await run(workspace(), "--format", "json", "--json");
    expect(printed.out).toMatch(/^\{\n {2}"format": 1/);
  });

  it("says on standard error what one diagram leaves out", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 160 }, (_, index) => [
        `catalog/acme/p${String(index)}.yaml`,
        SHOP.replace("name: shop", `name: p${String(index)}`),
      ]),
    );
    await run(workspace(files));
    expect(printed.err).toBe(
      "Applications and namespaces are left out: the whole is 1 organisation, 161 projects, 161 Applications, " +
        "161 namespaces; --format markdown draws all of it\n",
    );
  });

  it("writes the file that is named, and nothing else", async () => {
    const root = workspace();
    await run(root, "--format", "svg", "--output", join(root, "factory.svg"));
    expect(readFileSync(join(root, "factory.svg"), "utf8")).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    expect(printed).toEqual({ out: "", err: "" });
  });

  it("says which folder it cannot write to", async () => {
    const root = workspace();
    const file = join(root, "none", "factory.svg");
    expect(await problemOf(root, "--output", file)).toMatchObject([
      { file, message: "the file cannot be written: its folder does not exist" },
    ]);
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    ["shpo", 'did you mean "shop"?'],
    ["acme/shpo", 'did you mean "acme/shop"?'],
    ["warehouse", "name a project of the catalogue: shop, or acme/shop"],
  ])("says that no project is called %s", async (project, fix) => {
    expect(await problemOf(workspace(), "--project", project)).toEqual([
      {
        severity: "error",
        file: "factory graph",
        path: "--project",
        value: project,
        message: "no project of the stack dev is so called",
        fix,
      },
    ]);
  });

  it("tells a mistake of the catalogue once, whatever number of stacks finds it", async () => {
    const bad = { "catalog/acme/shop.yaml": SHOP.replace("kind: kustomize", "kind: kustomise") };
    expect(await problemOf(workspace({ ...STAGING, ...bad }))).toMatchObject([{ path: "repositories[0].kind" }]);
  });

  it("says that a folder has no stack", async () => {
    expect(await problemOf("/nonexistent")).toMatchObject([{ message: "the folder holds no config of a stack" }]);
  });
});
