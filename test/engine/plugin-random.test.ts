import { compareSync } from "bcryptjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PulumiEngine } from "./support/pulumi-engine";
import type { PulumiProject } from "./support/pulumi-project";
import { changes, messages, type Run } from "./support/pulumi-run";
import { type Declaration, program, type Round, scenarios } from "./support/random-scenarios";

/** One run of the program that declares every scenario's resource, and the stack's outputs after it. */
interface Played {
  readonly run: Run;
  readonly outputs: Record<string, unknown>;
}

const rounds = Math.max(...scenarios.map(({ then }) => then.length)) + 1;
const named = scenarios.map((scenario, index) => ({ ...scenario, name: `value-${index}` }));

/** What a scenario is given in a round; after its last one, nothing changes any more. */
function roundOf({ args, then }: (typeof named)[number], round: number): Round {
  if (round === 0) return { args, steps: ["create"] };
  const last = then.at(-1)?.args ?? args;
  return then[round - 1] ?? { args: last, steps: [] };
}

/** The operations of a run on one resource. */
function operations(run: Run, name: string): string[] {
  return run.steps.filter((step) => step.name === name).map(({ op }) => op);
}

describe("the random provider under the real engine", () => {
  let engine: PulumiEngine;

  beforeAll(async () => {
    engine = await PulumiEngine.create();
  });

  afterAll(() => engine?.dispose());

  const start = (...declarations: Declaration[]): Promise<PulumiProject> =>
    engine.project({ program: program(declarations) });

  describe("with a resource of each kind in one stack", () => {
    let project: PulumiProject;
    const played: Played[] = [];

    beforeAll(async () => {
      project = await start();
      for (let round = 0; round < rounds; round++) {
        project.program(program(named.map((scenario) => ({ ...scenario, ...roundOf(scenario, round) }))));
        const run = await project.up();
        expect(run.exitCode, run.stdout).toBe(0);
        played.push({ run, outputs: await project.outputs() });
      }
    });

    it.each(named.map((scenario) => [scenario.title, scenario] as const))("%s", (_, scenario) => {
      expect(played[0]?.outputs[scenario.name]).toEqual(scenario.outputs);
      for (const [round, { run, outputs }] of played.entries()) {
        const { args, steps } = roundOf(scenario, round);
        expect(operations(run, scenario.name), JSON.stringify(args)).toEqual(steps);
        const [before, after] = [played[round - 1]?.outputs[scenario.name], outputs[scenario.name]];
        if (steps.includes("replace")) expect(after).not.toEqual(before);
        if (steps.length === 0) expect(after).toEqual(before);
      }
    });

    it("finds everything as it is on refresh", async () => {
      const refresh = await project.refresh();
      expect(refresh.exitCode).toBe(0);
      expect(changes(refresh)).toEqual([]);
      expect(refresh.same).toBeGreaterThanOrEqual(named.length);
      expect(await project.outputs()).toEqual(played.at(-1)?.outputs);
    });

    it("forgets everything on destroy", async () => {
      const destroy = await project.destroy();
      expect(changes(destroy).sort()).toEqual(named.map(({ name }) => `delete ${name}`).sort());
      expect(await project.resources()).toEqual([]);
    });
  });

  it("keeps a password and its hash out of the state file, the console and the previews", async () => {
    const project = await start({ name: "value", kind: "RandomPassword", args: { length: 24, special: false } });
    const preview = await project.preview("--diff");
    const up = await project.up();
    const { result, bcryptHash } = (await project.outputs())["value"] as Record<string, string>;
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
    const project = await start({ name: "value", kind: "RandomPassword", args: { length: 9 } });
    const preview = await project.preview();
    expect(changes(preview)).toEqual(["create value"]);
    expect(preview.stdout).toMatch(/length +: 9\n/);
    expect(preview.stdout).toMatch(/result +: \[unknown\]\n/);
    expect(await project.resources()).toEqual([]);
  });

  it("explains a replacement by the property that causes it", async () => {
    const project = await start({
      name: "value",
      kind: "RandomId",
      args: { byteLength: 4, keepers: { a: "1", b: "2" } },
    });
    await project.up();
    const args = { byteLength: 4, keepers: { a: "1", b: "3" } };
    project.program(program([{ name: "value", kind: "RandomId", args }]));
    const preview = await project.preview();
    const replace = preview.steps.find(({ op }) => op === "replace");
    expect(replace?.keys).toEqual(["keepers"]);
    expect(replace?.detailedDiff).toEqual({ "keepers.b": { diffKind: "update-replace", inputDiff: false } });
  });

  it("replaces when a keeper is not known yet", async () => {
    const project = await start({ name: "value", kind: "RandomUuid", args: { keepers: { pet: "old" } } });
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

  it("adopts what exists by its import id, and keeps it", async () => {
    const imports: (Declaration & { id: string; outputs: object })[] = [
      { name: "password", kind: "RandomPassword", args: { length: 14 }, id: "hunter2hunter2", outputs: { id: "none" } },
      { name: "string", kind: "RandomString", args: { length: 9 }, id: "swordfish", outputs: { result: "swordfish" } },
      {
        name: "id",
        kind: "RandomId",
        args: { byteLength: 3, prefix: "w-" },
        id: "w-,AQID",
        outputs: { dec: "w-66051" },
      },
      { name: "bytes", kind: "RandomBytes", args: { length: 3 }, id: "AQID", outputs: { hex: "010203" } },
      {
        name: "integer",
        kind: "RandomInteger",
        args: { min: 1, max: 9 },
        id: "7,1,9",
        outputs: { id: "7", result: 7 },
      },
    ];
    const project = await start(...imports.map((one) => ({ ...one, options: { import: one.id } })));
    const run = await project.up();
    expect(changes(run).sort(), run.stdout).toEqual(imports.map(({ name }) => `import ${name}`).sort());
    const outputs = await project.outputs();
    expect(outputs).toMatchObject(Object.fromEntries(imports.map((one) => [one.name, one.outputs])));
    project.program(program(imports));
    expect(changes(await project.up())).toEqual([]);
    expect(await project.outputs()).toEqual(outputs);
  });

  it("refuses to import a pet", async () => {
    const project = await start({ name: "value", kind: "RandomPet", args: {}, options: { import: "rex" } });
    const run = await project.up();
    expect(run.exitCode).not.toBe(0);
    expect(messages(run, "error")).toContain("This resource does not support import");
  });

  it("refuses a password that cannot hold what it must, and says where", async () => {
    const args = { length: 3, minUpper: 2, minLower: 2 };
    const project = await start({ name: "value", kind: "RandomPassword", args });
    const run = await project.up();
    expect(run.exitCode).not.toBe(0);
    const fact = "length value must be at least sum of min_upper + min_lower + min_numeric + min_special, got: 3";
    expect(messages(run, "error")).toContain(`${fact}. Examine values at 'value.length'.`);
    expect(await project.resources()).toEqual([]);
  });
});
