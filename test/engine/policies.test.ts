import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Factory } from "./support/factory";
import { changes, type Run } from "./support/pulumi-run";
import { smallInstall } from "./support/small-install";

const PACK = ["--policy-pack", "policies"];
const PROJECT = "acme-shop-dev-6293-app-project";
const COMPONENT = "components/project/app-project.ts";

let factory: Factory;
let program: string;
let config: string;

beforeAll(async () => {
  factory = await Factory.start();
  smallInstall(factory.program);
  program = factory.program.read(COMPONENT);
  config = factory.program.read("Pulumi.dev.yaml");
});

beforeEach(() => {
  factory.program.write(COMPONENT, program);
  factory.program.write("Pulumi.dev.yaml", config);
});

afterAll(() => factory.dispose());

/** A finding as the engine tells it at the end of a run. */
interface Told {
  readonly level: string;
  readonly rule: string;
  readonly resource: string;
  readonly text: string;
}

/** The findings of a run, without blanks in front of their lines. */
function findings({ stdout }: Run): Told[] {
  const [, policies = ""] = stdout.split(/^Policies:$/m);
  const [section = ""] = policies.split(/^\S/m);
  return [...section.matchAll(/^ +- \[(\w+)\] +(\S+) +\(.*: (\S+)\)\n((?: +(?!- \[)\S.*\n)*)/gm)].map(
    ([, level = "", rule = "", resource = "", text = ""]) => ({
      level,
      rule,
      resource,
      text: text.replaceAll(/^ +/gm, "").trim(),
    }),
  );
}

function of(run: Run, rule: string): Told[] {
  return findings(run).filter((finding) => finding.rule === rule && finding.resource === PROJECT);
}

/** Has the program give each project the right to every repository. */
function widen(): void {
  factory.program.replace(COMPONENT, "sourceRepos: sourceRepositories(project),", 'sourceRepos: ["*"],');
}

describe("pulumi with the policy pack", () => {
  it("brings the example stack up without a finding that stops", async () => {
    const run = await factory.stack.up(...PACK);
    expect(run.exitCode).toBe(0);
    const told = findings(run);
    expect(told.filter(({ level }) => level !== "advisory")).toEqual([]);
    // Otherwise there would be nothing to be seen here.
    expect(told.map(({ rule }) => rule)).toContain("argocd-cm-log-in");
    expect(run.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(run.stdout).not.toContain("can't run policy");
  });

  it("stops a project that may deploy from everywhere, in the preview and in the update", async () => {
    widen();
    const preview = await factory.stack.preview(...PACK);
    expect(preview.exitCode).not.toBe(0);
    expect(of(preview, "appproject-source-repos")).toEqual([
      {
        level: "mandatory",
        rule: "appproject-source-repos",
        resource: PROJECT,
        text: [
          "An AppProject names its repositories: no pattern opens every one, or every one of a host.",
          "spec.sourceRepos[0]: the entry allows every repository (found: *). Fix: name the project's repositories, " +
            "or its group with the host and a path: https://git.example/acme/**.",
        ].join("\n"),
      },
    ]);
    // The update ends at the first finding, whichever project it is.
    const update = await factory.stack.up(...PACK);
    expect(update.exitCode).not.toBe(0);
    expect(findings(update)).toContainEqual(
      expect.objectContaining({ level: "mandatory", rule: "appproject-source-repos" }),
    );
    const { spec } = (await factory.object("appproject", "acme-shop-dev-6293")) as unknown as {
      spec: { sourceRepos: string[] };
    };
    expect(spec.sourceRepos).toEqual(["https://git.acme.example/shop/deploy.git"]);
  });

  it("shows it and goes on where the stack lowers the level", async () => {
    widen();
    factory.program.config(["policies", "appproject-source-repos"], "advisory");
    const run = await factory.stack.preview(...PACK);
    expect(run.exitCode).toBe(0);
    expect(of(run, "appproject-source-repos")).toMatchObject([{ level: "advisory" }]);
    expect(changes(run)).toContain(`update ${PROJECT}`);
  });

  it("is silent where the stack disables the rule", async () => {
    widen();
    factory.program.config(["policies", "appproject-source-repos"], "disabled");
    const run = await factory.stack.preview(...PACK);
    expect(run.exitCode).toBe(0);
    expect(of(run, "appproject-source-repos")).toEqual([]);
    expect(changes(run)).toContain(`update ${PROJECT}`);
  });

  it("tells a rule that there is not, with its place and the one that was meant, before it looks at anything", async () => {
    factory.program.config(["policies", "appproject-source-repo"], "disabled");
    const run = await factory.stack.preview(...PACK);
    expect(run.exitCode).not.toBe(0);
    expect(changes(run)).toEqual([]);
    const line =
      factory.program
        .read("Pulumi.dev.yaml")
        .split("\n")
        .findIndex((text) => text.includes("source-repo:")) + 1;
    expect(run.stdout.replaceAll(/^ {4}/gm, "")).toContain(
      [
        `error: Pulumi.dev.yaml:${String(line)}:5: policies.appproject-source-repo: no policy is called "appproject-source-repo"`,
        "  allowed: production, and the rules that `npx factory policies` lists",
        '  fix:     did you mean "appproject-source-repos"?',
      ].join("\n"),
    );
    expect(run.stdout).not.toMatch(/^\s+at .+:\d+:\d+/m);
  });
});
