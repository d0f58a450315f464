import Ajv from "ajv";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { schemaCommand } from "../../../delivery/schema";
import { UserError } from "../../../model/problem";
import { workspace } from "../model/workspace";
import { catchPrinted, type Printed } from "./support/printed";

const schemas = join(__dirname, "..", "..", "..", "schemas");
let printed: Printed;

beforeEach(() => {
  printed = catchPrinted();
});

afterEach(() => {
  vi.restoreAllMocks();
});

function run(...args: string[]): Promise<unknown> {
  return schemaCommand().exitOverride().parseAsync(args, { from: "user" });
}

describe("factory schema", () => {
  it("lists what there is", async () => {
    await run();
    expect(printed).toEqual({
      out: [
        "SCHEMA    DESCRIBES",
        "project   catalog/<organisation>/<project>.yaml",
        "stack     Pulumi.<stack>.yaml",
        "redeploy  redeploy.yaml",
        "package   the component package, for Pulumi's SDKs",
        "",
      ].join("\n"),
      err: "",
    });
  });

  it("lists it as JSON", async () => {
    await run("--json");
    const names = (JSON.parse(printed.out) as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(["project", "stack", "redeploy", "package"]);
  });

  it.each([
    ["project", "project"],
    ["stack", "stack"],
    ["redeploy", "redeploy"],
    ["package", "component-package"],
  ])("prints the schema of %s as schemas/ has it", async (name, file) => {
    await run(name);
    expect(printed.out).toBe(readFileSync(join(schemas, `${file}.json`), "utf8"));
  });

  it.each(["project", "stack", "redeploy"])("prints a schema of %s that a validator takes", async (name) => {
    await run(name);
    expect(new Ajv({ strict: false }).compile(JSON.parse(printed.out) as object)({ unknown: 1 })).toBe(
      name === "stack",
    );
  });

  it("writes the file that is named, and nothing else", async () => {
    const file = join(workspace(), "stack.json");
    await run("stack", "--output", file);
    expect(readFileSync(file, "utf8")).toBe(readFileSync(join(schemas, "stack.json"), "utf8"));
    expect(printed).toEqual({ out: "", err: "" });
  });

  it("says which file it cannot write, and why", async () => {
    const root = workspace();
    const thrown: unknown = await run("stack", "-o", root).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(UserError);
    expect((thrown as UserError).message).toContain(`${root}: the file cannot be written: it is a folder`);
  });

  it("refuses another name, and says which there are", async () => {
    await expect(run("stac")).rejects.toMatchObject({ exitCode: 1 });
    expect(printed.err).toContain("Allowed choices are project, stack, redeploy, package.");
  });
});
