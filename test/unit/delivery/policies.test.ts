import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { stringify } from "yaml";
import { policiesCommand } from "../../../delivery/policies";
import { validate } from "../../../delivery/validate";
import { rules } from "../../../policies/index";
import { workspace } from "../model/workspace";
import { catchPrinted, type Printed } from "./support/printed";

let printed: Printed;

beforeEach(() => {
  printed = catchPrinted();
});

afterEach(() => {
  vi.restoreAllMocks();
});

async function run(...args: string[]): Promise<void> {
  await policiesCommand().parseAsync(args, { from: "user" });
}

function stackWith(policies: object): string {
  return workspace({ "Pulumi.dev.yaml": stringify({ config: { "gitops-factory:policies": policies } }) });
}

describe("factory policies", () => {
  it("prints a line for each rule, and nothing on standard error", async () => {
    await run();
    const [head, ...lines] = printed.out.trimEnd().split("\n");
    expect(head).toMatch(/^RULE +LEVEL +WHAT IT DEMANDS$/);
    expect(lines).toHaveLength(rules.length);
    expect(lines[0]).toMatch(/^appproject-not-default +mandatory +No team deploys by the AppProject "default"\.$/);
    expect(printed.err).toBe("");
  });

  it("prints the levels of a stack, and marks those that it sets", async () => {
    await run("--root", stackWith({ "appproject-source-repos": "disabled" }), "--stack", "dev");
    expect(printed.out).toMatch(/^appproject-source-repos +disabled \(set\) /m);
    expect(printed.out).toMatch(/^appproject-destinations +mandatory {2,}/m);
  });

  it("prints all that is known of the rules as a JSON array", async () => {
    await run("--json");
    const all = JSON.parse(printed.out) as { name: string }[];
    expect(all.map(({ name }) => name)).toEqual(rules.map(({ name }) => name));
    expect(all.find(({ name }) => name === "appproject-tokens-expire")).toEqual({
      name: "appproject-tokens-expire",
      level: "mandatory",
      defaultLevel: "mandatory",
      description: "Each token of an AppProject's role expires, within a year unless the stack says otherwise.",
      reason: "A token that never expires outlives whoever took it along, and Argo CD does not tell who uses it.",
      source: "https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#project-roles",
      settings: {
        days: expect.objectContaining({
          type: "integer",
          minimum: 1,
          default: 365,
          description: "How long a token may be valid, in days.",
        }) as unknown,
      },
    });
  });

  it("prints one rule with what a stack sets, as JSON", async () => {
    const root = stackWith({ "appproject-tokens-expire": { level: "advisory", days: 90 } });
    await run("appproject-tokens-expire", "--json", "--root", root, "--stack", "dev");
    expect(JSON.parse(printed.out)).toMatchObject({ level: "advisory", defaultLevel: "mandatory", set: { days: 90 } });
  });

  it("explains one rule as a stack has it, and how to set it", async () => {
    const root = stackWith({ "appproject-tokens-expire": { level: "advisory", days: 90 } });
    await run("appproject-tokens-expire", "--root", root, "--stack", "dev");
    expect(printed.out).toContain(
      "appproject-tokens-expire: advisory on the stack dev, which is shown, and stops nothing; mandatory where a stack says nothing\n",
    );
    expect(printed.out).toContain(`To set it, in Pulumi.dev.yaml:
  config:
    gitops-factory:policies:
      appproject-tokens-expire:
        level: mandatory
        days: 90
`);
  });

  it("explains a rule without settings", async () => {
    await run("application-project");
    expect(printed.out).not.toContain("Settings:");
    expect(printed.out).toMatch(/gitops-factory:policies:\n +application-project: advisory\n$/);
  });

  it("refuses a rule and a stack that there are not, with what was meant", async () => {
    await expect(run("application-projects")).rejects.toThrow('fix:     did you mean "application-project"?');
    await expect(run("--root", workspace(), "--stack", "dve")).rejects.toThrow('fix:     did you mean "dev"?');
  });

  it("refuses a stack whose settings are not valid", async () => {
    const root = stackWith({ "appproject-source-repos": "off" });
    await expect(run("--root", root, "--stack", "dev")).rejects.toThrow("allowed: mandatory, advisory, disabled");
  });
});

describe("factory validate", () => {
  it("checks what a stack sets for the rules, together with the catalogue", () => {
    const root = stackWith({ "appproject-source-repo": "off" });
    const { valid, stacks, problems } = validate(root, ["dev"]);
    expect(valid).toBe(false);
    expect(stacks).toEqual([{ stack: "dev", valid: false, errors: 1, warnings: 0 }]);
    expect(problems.map(({ path, fix }) => `${path}: ${fix}`)).toEqual([
      'policies.appproject-source-repo: did you mean "appproject-source-repos"?',
    ]);
  });
});
