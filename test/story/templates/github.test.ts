import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { git } from "../support/git-client";
import { DeliveryWorld } from "./delivery-world";

/** The steps of the workflow, run here one by one with bash: GitHub itself is not there, and nothing plays it. */
interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
const template = join(__dirname, "..", "..", "..", "templates", "github", "app.yml");
const { deliver } = (
  parse(readFileSync(template, "utf8")) as { jobs: Record<"deliver", { env: object; steps: Step[] }> }
).jobs;

let world: DeliveryWorld;
let folder: string;
let values: Record<string, string>;
beforeAll(async () => {
  world = await DeliveryWorld.create();
  folder = mkdtempSync(join(tmpdir(), "github-"));
  const keys = [
    "PLATFORM_URL",
    "MIRROR_PROJECT_ID",
    "MIRROR_TRIGGER_TOKEN",
    "PLATFORM_READ_TOKEN",
    "PLATFORM_APP_PROJECT",
  ];
  const more = ["INFRA_URL", "INFRA_TOKEN", "IMAGE", "FACTORY"];
  values = Object.fromEntries(await Promise.all([...keys, ...more].map(async (key) => [key, await world.value(key)])));
  Object.assign(values, { INFRA_REPOSITORY: "deploy", INFRA_FILES: "values.yaml" });
  const text = "# of the chart\napi:\n  image:\n    repository: harbor.example/acme/api\n    tag: 3f2a9c1d\n";
  await world.team.commit(world.ids.deploy, [{ path: "values.yaml", content: text }], "a chart's values [skip ci]");
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.dispose();
});

/** What GitHub puts in the place of `${{ … }}`: a variable, a secret, or what stands after `||`. */
function evaluate(text: string): string {
  return text.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
    const [name = "", fallback = ""] = expression.split(" || ");
    const value = values[/^(?:vars|secrets)\.(\w+)$/.exec(name)?.[1] ?? ""];
    return value ?? { "'main'": "main", "github.event.repository.name": "api" }[fallback] ?? "";
  });
}

/** Runs the steps in a checkout of the commit, until one fails. @returns what each has printed */
async function runSteps(sha: string): Promise<string[]> {
  const checkout = join(folder, sha);
  const source = `${world.team.gitlab.url.replace("//", `//oauth2:${values["INFRA_TOKEN"] ?? ""}@`)}/team/api.git`;
  await git(["clone", "--quiet", source, checkout]);
  const runner = {
    PATH: process.env["PATH"],
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    FACTORY: values["FACTORY"],
    POLL_SECONDS: "1",
  };
  const github = { GITHUB_SHA: sha, GITHUB_REF_NAME: "main" };
  const outputs: string[] = [];
  for (const { run, env = {} } of deliver.steps) {
    if (run === undefined) continue;
    const given = Object.entries({ ...deliver.env, ...env }).map(([key, text]) => [key, evaluate(text as string)]);
    const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", run], {
      cwd: checkout,
      env: { ...runner, ...github, ...(Object.fromEntries(given) as Record<string, string>) },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
    const code = await new Promise((resolve) => child.on("close", resolve));
    outputs.push(output);
    if (code !== 0) throw new Error(`${run}\n${output}`);
  }
  return outputs;
}

describe("The workflow for GitHub", () => {
  it("delivers a commit into a chart's values, and warns when that tag is there already", async () => {
    // The team's double of GitLab only holds the repositories here.
    const idle = {
      path: ".gitlab-ci.yml",
      content: 'workflow: { rules: [{ when: never }] }\nidle: { script: ["true"] }\n',
    };
    const sha = await world.team.commit(world.ids.api, [idle]);
    const outputs = await runSteps(sha);
    expect(outputs).toHaveLength(4);
    expect(outputs[2]).toContain(`values.yaml: api.image.tag: 3f2a9c1d → ${sha.slice(0, 8)}`);
    expect(outputs[3]).toMatch(/pipeline \d+ .*: success\n$/);
    expect(world.registry.built).toEqual([`acme/api:${sha.slice(0, 8)}`]);
    rmSync(join(folder, sha), { recursive: true });
    const again = await runSteps(sha);
    expect(again[2]).toContain("::warning::the infra repository has this tag already");
    for (const secret of world.secrets) expect([...outputs, ...again].join("\n")).not.toContain(secret);
  });
});
