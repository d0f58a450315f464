import { stringify } from "yaml";
import { describe, expect, it } from "vitest";
import { formatProblem } from "../../../model/problem";
import { rules } from "../../../policies/index";
import { engineSettings, policyProblems, stackSettings } from "../../../policies/stack-settings";
import { workspace } from "../model/workspace";

const NAME = "appproject-source-repos";

/** A project whose stack `dev` has this config. */
function configured(config: Record<string, unknown>): string {
  const full = Object.entries(config).map(([key, value]) => [`gitops-factory:${key}`, value]);
  return workspace({ "Pulumi.dev.yaml": stringify({ config: Object.fromEntries(full) as object }) });
}

/** The environment of the pack's process, as the engine makes it. */
function environment(config: Record<string, string>): NodeJS.ProcessEnv {
  const full = Object.entries(config).map(([key, value]) => [`gitops-factory:${key}`, value]);
  return { PULUMI_STACK: "dev", PULUMI_CONFIG: JSON.stringify(Object.fromEntries(full)) };
}

describe("The rules' levels on a stack", () => {
  it("are those of its file", () => {
    const root = configured({ policies: { [NAME]: "advisory" } });
    expect(stackSettings({ root, stack: "dev" }, rules).get(NAME)?.level).toBe("advisory");
  });

  it("go with its environment, and with what becomes of workloads", () => {
    const root = configured({ environment: "prod", deletion: { workloads: "retain" } });
    const context = stackSettings({ root, stack: "dev" }, rules).get(NAME)?.context;
    expect(context).toMatchObject({ environment: "prod", isProduction: true, leavesWorkloads: true });
  });

  it("are refused with their place in the file", () => {
    const root = configured({ policies: { "appproject-source-repo": "advisory" } });
    expect(policyProblems({ root, stack: "dev" }, rules).map(formatProblem)).toEqual([
      [
        'error: Pulumi.dev.yaml:3:5: policies.appproject-source-repo: no policy is called "appproject-source-repo"',
        "  allowed: production, and the rules that `npx factory policies` lists",
        '  fix:     did you mean "appproject-source-repos"?',
      ].join("\n"),
    ]);
    expect(() => stackSettings({ root, stack: "dev" }, rules)).toThrow("no policy is called");
  });

  it("are not looked at where the config is not valid otherwise", () => {
    const root = configured({ dns: 7, policies: { nonsense: "advisory" } });
    expect(policyProblems({ root, stack: "dev" }, rules)).toEqual([]);
    expect(() => stackSettings({ root, stack: "dev" }, rules)).toThrow("dns");
  });
});

describe("The rules' levels for the engine", () => {
  it("are those of the config that it hands over, not those of the file", () => {
    const root = configured({ policies: { [NAME]: "advisory" } });
    const settings = engineSettings(root, environment({ policies: JSON.stringify({ [NAME]: "disabled" }) }), rules);
    expect(settings.get(NAME)?.level).toBe("disabled");
  });

  it("are the rules' own where a stack sets none, and where there is no stack", () => {
    const root = configured({});
    for (const env of [environment({ policies: "{}", environment: "" }), {}]) {
      expect(engineSettings(root, env, rules).get(NAME)?.level).toBe("mandatory");
    }
  });

  it("are the rules' own where the program will refuse the config", () => {
    const env = environment({ dns: "7", policies: JSON.stringify({ [NAME]: "disabled" }) });
    expect(engineSettings(configured({}), env, rules).get(NAME)?.level).toBe("mandatory");
  });

  it("are refused", () => {
    const env = environment({ policies: JSON.stringify({ [NAME]: "off" }) });
    expect(() => engineSettings(configured({}), env, rules)).toThrow(
      `policies.${NAME}: the value is not one of those known`,
    );
  });
});
