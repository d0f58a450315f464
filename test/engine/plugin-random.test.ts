import { compareSync } from "bcryptjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PulumiEngine } from "./support/pulumi-engine";
import type { PulumiProject } from "./support/pulumi-project";
import { changes, messages } from "./support/pulumi-run";
import { program, scenarios } from "./support/random-scenarios";

describe("the random provider under the real engine", () => {
  let engine: PulumiEngine;

  beforeAll(async () => {
    engine = await PulumiEngine.create();
  });

  afterAll(() => engine?.dispose());

  const start = (kind: string, args: object, options?: object): Promise<PulumiProject> =>
    engine.project({ program: program(kind, args, options) });

  it.each(scenarios.map((scenario) => [scenario.title, scenario] as const))("%s", async (_, scenario) => {
    const { kind, args, outputs, then } = scenario;
    const project = await start(kind, args);
    const first = await project.up();
    expect(changes(first), first.stdout).toEqual(["create value"]);
    let known = await project.outputs();
    expect(known).toEqual(outputs);
    for (const next of then) {
      project.program(program(kind, next.args));
      const run = await project.up();
      expect(changes(run), JSON.stringify(next.args)).toEqual(next.steps);
      const after = await project.outputs();
      if (next.steps.includes("create-replacement value")) expect(after).not.toEqual(known);
      else if (next.steps.length === 0) expect(after).toEqual(known);
      known = after;
    }
    expect(changes(await project.destroy())).toEqual(["delete value"]);
    expect(await project.resources()).toEqual([]);
  });

  it("keeps a password and its hash out of the state file, the console and the previews", async () => {
    const project = await start("RandomPassword", { length: 24, special: false });
    const preview = await project.preview("--diff");
    const up = await project.up();
    const { result, bcryptHash } = (await project.outputs()) as Record<string, string>;
    expect(compareSync(String(result), String(bcryptHash))).toBe(true);
    const { outputs, additionalSecretOutputs } = await project.resource("value");
    const secret = expect.objectContaining({ ciphertext: expect.any(String) as string }) as unknown;
    expect(outputs).toMatchObject({ result: secret, bcryptHash: secret });
    expect(additionalSecretOutputs).toEqual(["bcryptHash", "result"]);
    const written = [project.stateFile(), preview.stdout, up.stdout, up.stderr].join("\n");
    expect(written).not.toContain(result);
    expect(written).not.toContain(bcryptHash);
  });

  it("keeps a secret keeper secret in inputs and outputs", async () => {
    const keeper = `require("@pulumi/pulumi").secret("a most secret keeper")`;
    const project = await engine.project({
      program: `new (require("@pulumi/random").RandomUuid)("value", { keepers: { key: ${keeper} } });`,
    });
    expect(changes(await project.up())).toEqual(["create value"]);
    expect(project.stateFile()).not.toContain("a most secret keeper");
    expect(changes(await project.up())).toEqual([]);
    expect(changes(await project.refresh())).toEqual([]);
    expect(project.stateFile()).not.toContain("a most secret keeper");
  });

  it("foretells what is known, and no value, in a preview", async () => {
    const project = await start("RandomPassword", { length: 9 });
    const preview = await project.preview();
    expect(changes(preview)).toEqual(["create value"]);
    expect(preview.stdout).toContain("length         : 9");
    expect(preview.stdout).toContain("result         : [unknown]");
    expect(await project.resources()).toEqual([]);
  });

  it("explains a replacement by the property that causes it", async () => {
    const project = await start("RandomId", { byteLength: 4, keepers: { a: "1", b: "2" } });
    await project.up();
    project.program(program("RandomId", { byteLength: 4, keepers: { a: "1", b: "3" } }));
    const preview = await project.preview();
    const replace = preview.steps.find(({ op }) => op === "replace");
    expect(replace?.keys).toEqual(["keepers"]);
    expect(replace?.detailedDiff).toEqual({ "keepers.b": { diffKind: "update-replace", inputDiff: false } });
  });

  it("replaces when a keeper is not known yet", async () => {
    const project = await start("RandomUuid", { keepers: { pet: "old" } });
    await project.up();
    project.program(
      [
        `const random = require("@pulumi/random");`,
        `const pet = new random.RandomPet("pet");`,
        `new random.RandomUuid("value", { keepers: { pet: pet.id } });`,
      ].join("\n"),
    );
    expect(changes(await project.preview())).toEqual(expect.arrayContaining(["create pet", "replace value"]));
    expect(changes(await project.up())).toEqual(expect.arrayContaining(["create pet", "create-replacement value"]));
  });

  it("leaves everything as it is on refresh", async () => {
    const project = await start("RandomPassword", { length: 12 });
    await project.up();
    const before = await project.outputs();
    const refresh = await project.refresh();
    expect(refresh.exitCode).toBe(0);
    expect(changes(refresh)).toEqual([]);
    expect(refresh.same).toBeGreaterThan(0);
    expect(await project.outputs()).toEqual(before);
    expect(changes(await project.up())).toEqual([]);
  });

  it.each([
    ["RandomPassword", "hunter2hunter2", { length: 14 }, { id: "none", result: "hunter2hunter2" }],
    ["RandomString", "swordfish", { length: 9 }, { id: "swordfish", result: "swordfish" }],
    ["RandomId", "web-,AQID", { byteLength: 3, prefix: "web-" }, { id: "AQID", hex: "web-010203", dec: "web-66051" }],
    ["RandomBytes", "AQID", { length: 3 }, { base64: "AQID", hex: "010203" }],
    ["RandomInteger", "7,1,9", { min: 1, max: 9 }, { id: "7", result: 7 }],
  ])("adopts an existing %s by its import id %s", async (kind, id, args, outputs) => {
    const project = await start(kind, args, { import: id });
    const run = await project.up();
    expect(changes(run), run.stdout).toEqual(["import value"]);
    expect(await project.outputs()).toMatchObject(outputs);
    project.program(program(kind, args));
    expect(changes(await project.up())).toEqual([]);
  });

  it("refuses to import a pet", async () => {
    const project = await start("RandomPet", {}, { import: "rex" });
    const run = await project.up();
    expect(run.exitCode).not.toBe(0);
    expect(messages(run, "error")).toContain("This resource does not support import");
  });

  it.each([
    [{ length: 0 }, "Attribute length value must be at least 1, got: 0. Examine values at 'value.length'."],
    [
      { length: 3, minUpper: 2, minLower: 2 },
      "Attribute length value must be at least sum of min_upper + min_lower + min_numeric + min_special, got: 3",
    ],
    [{ length: 8, number: true, numeric: false }, "Number and numeric are both configured with different values"],
    [
      { length: 8, upper: false, lower: false, special: false, numeric: false },
      "At least one attribute out of [special,upper,lower,numeric] must be specified as true",
    ],
  ])("refuses the password %j", async (args, message) => {
    const project = await start("RandomPassword", args);
    const run = await project.up();
    expect(run.exitCode).not.toBe(0);
    expect(messages(run, "error")).toContain(message);
    expect(await project.resources()).toEqual([]);
  });
});
