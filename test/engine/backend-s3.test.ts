import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureTools } from "../../lab/toolchain";
import { eventually } from "../story/support/eventually";
import { git } from "../story/support/git-client";
import { FactoryCommand, type Outcome } from "./support/factory-command";
import { ordinaryEnvironment } from "./support/pulumi-engine";
import { PulumiStack } from "./support/pulumi-stack";
import { S3Server } from "./support/s3-server";

const BUCKET = "states";
const PASSWORD = "what-the-stack-keeps-secret";

/** Needs no provider: what is judged is where the state is. It waits where a file tells it to. */
const program = `
const { ComponentResource, Config } = require("@pulumi/pulumi");
const config = new Config();
for (const name of config.requireObject("names")) {
  new ComponentResource("small:index:Thing", name, { name, password: config.requireSecret("password") });
}
if (require("node:fs").existsSync("hold")) setInterval(() => {}, 1000);
`;

/** Each step is a run of Pulumi or several. */
describe("A stack whose state is in S3", { timeout: 600_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "gitops-factory-backend-"));
  let server: S3Server;
  let env: Record<string, string>;
  let stack: PulumiStack;

  beforeAll(async () => {
    server = await S3Server.start(BUCKET);
    const tools = await ensureTools(["pulumi", "pulumi-language-nodejs"]);
    env = {
      ...ordinaryEnvironment(),
      ...server.keys,
      PATH: [...tools.binDirs, process.env["PATH"]].join(delimiter),
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: server.backend(BUCKET),
    };
    const dir = join(folder, "platform");
    mkdirSync(dir);
    symlinkSync(join(__dirname, "..", "..", "node_modules"), join(dir, "node_modules"));
    writeFileSync(join(dir, "package.json"), '{ "name": "small", "private": true }\n');
    writeFileSync(join(dir, "Pulumi.yaml"), "name: small\nruntime: nodejs\nmain: index.js\n");
    writeFileSync(join(dir, "index.js"), program);
    writeFileSync(join(dir, ".gitignore"), "node_modules\nplans/\nhold\n");
    const place = { cli: tools.path("pulumi"), env, dir, logs: folder, project: "small", stack: "dev" };
    stack = new PulumiStack({ ...place, backend: server.bucket(BUCKET) });
    await stack.must("stack", "init", "dev", "--secrets-provider", "passphrase");
    await stack.config("password", PASSWORD, "--secret");
    await git(["-C", dir, "init", "--quiet", "--initial-branch=main"]);
    await commit("one");
  }, 600_000);
  afterAll(async () => {
    await server?.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Declares these things. */
  const commit = async (...names: string[]): Promise<void> => {
    const dir = join(folder, "platform");
    for (const [index, name] of names.entries()) await stack.config(`names[${String(index)}]`, name, "--path");
    await git(["-C", dir, "add", "--all"]);
    await git(["-C", dir, "commit", "--quiet", "--message", names.join(", ")]);
  };

  /** `factory plan`, or `factory apply` of what it has made; neither ever prints a key or a secret. */
  const factory = async (
    command: "plan" | "apply",
    wrong: Record<string, string> = {},
    ...flags: string[]
  ): Promise<Outcome> => {
    const root = join(folder, "platform");
    // A plan that fails would take the one before along.
    const plan = join(root, "plans", command === "plan" && Object.keys(wrong).length > 0 ? "failed" : "dev");
    const where = ["--stack", "dev", "--root", root, command === "plan" ? "--output" : "--plan", plan];
    const outcome = await new FactoryCommand([command, ...where, ...flags], { ...env, ...wrong }).outcome;
    const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = wrong;
    const given = [AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY].filter((key) => key !== "");
    const secrets = [...Object.values(server.keys), ...given, env["PULUMI_CONFIG_PASSPHRASE"] ?? "", PASSWORD];
    const said = outcome.stdout + outcome.stderr;
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
    return outcome;
  };

  it("is planned and updated, and nothing is left to do for a second time", async () => {
    expect(await factory("plan")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^dev: 2 to create/) as string,
    });
    const applied = await factory("apply");
    expect([applied.code, applied.stdout]).toEqual([0, expect.stringContaining("\ndev: 2 created, 0 unchanged\n")]);
    expect(await factory("apply")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^dev: nothing to do/) as string,
    });
    expect((await stack.resources()).map(({ urn }) => urn)).toEqual([expect.stringMatching(/::one$/)]);
    const objects = readdirSync(server.bucket(BUCKET), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    expect(objects.length).toBeGreaterThan(2);
    for (const { parentPath, name } of objects)
      expect(readFileSync(join(parentPath, name), "utf8")).not.toContain(PASSWORD);
  });

  it("is told to be as the files say, until they say something else", async () => {
    const same = await factory("plan", {}, "--expect-no-changes");
    expect([same.code, same.stdout]).toEqual([0, expect.stringMatching(/^dev: nothing to change, 2 unchanged/)]);
    await commit("one", "two");
    const other = await factory("plan", {}, "--expect-no-changes");
    expect([other.code, other.stderr]).toEqual([
      3,
      expect.stringContaining("dev: what runs is not what the files say"),
    ]);
  });

  it("refuses a plan that another update has overtaken", async () => {
    await stack.must("state", "protect", "--all", "--yes");
    const refused = await factory("apply");
    expect([refused.code, refused.stderr]).toEqual([
      3,
      expect.stringContaining("the stack dev has changed since the plan"),
    ]);
    expect(await stack.resources()).toHaveLength(1);
  });

  it("tells how to be rid of the lock of an update that was killed", async () => {
    expect((await factory("plan")).code).toBe(0);
    const hold = join(folder, "platform", "hold");
    writeFileSync(hold, "");
    const killed = stack.start("up", "--skip-preview", "--yes");
    const locks = join(server.bucket(BUCKET), ".pulumi", "locks");
    await eventually(
      () =>
        Promise.resolve(
          existsSync(locks) && readdirSync(locks, { recursive: true }).some(isFileOfLock) ? true : undefined,
        ),
      () => "there is no lock",
    );
    process.kill(-(killed.process.pid ?? 0), "SIGKILL");
    await killed.done;
    rmSync(hold);
    const locked = await factory("apply");
    expect(locked.code).toBe(1);
    expect(locked.stderr).toContain("another update of the stack runs, or one was cut off and has left its lock");
    expect(locked.stderr).toMatch(/fix: .*`pulumi cancel --stack <stack>`/);
    await stack.must("cancel", "--yes", "--stack", "dev");
    expect(await factory("apply")).toMatchObject({ code: 0, stdout: expect.stringContaining("1 created") as string });
  });

  it.each<[string, () => Record<string, string>, string]>([
    ["of another key", () => ({ AWS_ACCESS_KEY_ID: "SOMEBODYELSE" }), "AWS_ACCESS_KEY_ID: "],
    ["of another secret", () => ({ AWS_SECRET_ACCESS_KEY: "a-secret-of-another-key" }), "AWS_SECRET_ACCESS_KEY: "],
    ["without a key", () => ({ AWS_ACCESS_KEY_ID: "", AWS_EC2_METADATA_DISABLED: "true" }), "AWS_ACCESS_KEY_ID: "],
    ["of a bucket that is not there", () => ({ PULUMI_BACKEND_URL: server.backend("other") }), "PULUMI_BACKEND_URL: "],
    ["of a server that is off", () => ({ PULUMI_BACKEND_URL: server.backend(BUCKET, 9) }), "PULUMI_BACKEND_URL: "],
  ])("names the variable at fault for a job %s", async (_what, wrong, variable) => {
    const [plan, apply] = [await factory("plan", wrong()), await factory("apply", wrong())];
    expect([plan.code, apply.code]).toEqual([1, 1]);
    for (const { stderr } of [plan, apply]) {
      expect(stderr).toContain(`error: environment: ${variable}Pulumi could not read the stack's state: `);
      expect(stderr).toMatch(/^ {2}fix: {5}\S/m);
      expect(stderr).not.toMatch(/^ +at /m);
    }
  });
});

function isFileOfLock(path: string | Buffer): boolean {
  return path.toString().endsWith(".json");
}
