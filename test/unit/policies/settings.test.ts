import { describe, expect, it } from "vitest";
import { z } from "zod";
import { formatProblem } from "../../../model/problem";
import { Report } from "../../../model/report";
import { resourceRule } from "../../../policies/rule";
import { readSettings } from "../../../policies/settings";

const plain = resourceRule({
  name: "pod-named",
  level: "mandatory",
  description: "A pod has a name.",
  reason: "It is called by it.",
  source: "https://example.org/",
  types: [],
  check: () => [],
});

const adjustable = resourceRule({
  ...plain,
  name: "pod-small",
  level: "advisory",
  settings: z.strictObject({ gigabytes: z.int().min(1).default(4) }),
});

function read(value: unknown, environment = "dev") {
  const report = new Report("Pulumi.dev.yaml");
  const settings = readSettings(value, [plain, adjustable], { environment }, report);
  return { settings, problems: report.problems.map(formatProblem) };
}

describe("What a stack sets for the policy pack", () => {
  it("is nothing by default: each rule has its own level and settings", () => {
    const { settings, problems } = read(undefined);
    expect(problems).toEqual([]);
    expect([...settings].map(([name, { level }]) => [name, level])).toEqual([
      ["pod-named", "mandatory"],
      ["pod-small", "advisory"],
    ]);
    expect(settings.get("pod-small")?.context).toEqual({
      environment: "dev",
      isProduction: false,
      settings: { gigabytes: 4 },
    });
  });

  it("may be a level, or a level with settings", () => {
    const { settings, problems } = read({
      "pod-named": "disabled",
      "pod-small": { level: "mandatory", gigabytes: 16 },
    });
    expect(problems).toEqual([]);
    expect(settings.get("pod-named")?.level).toBe("disabled");
    expect(settings.get("pod-small")).toMatchObject({ level: "mandatory", context: { settings: { gigabytes: 16 } } });
  });

  it("may be settings alone, at the rule's own level", () => {
    const { settings } = read({ "pod-small": { gigabytes: 8 } });
    expect(settings.get("pod-small")).toMatchObject({ level: "advisory", context: { settings: { gigabytes: 8 } } });
  });

  it.each([
    ["prod", undefined, true],
    ["production", undefined, true],
    ["staging", undefined, false],
    ["live", { production: ["live", "prod"] }, true],
    ["prod", { production: ["live"] }, false],
  ])("says whether %s is production: %j", (environment, value, isProduction) => {
    expect(read(value, environment).settings.get("pod-named")?.context.isProduction).toBe(isProduction);
  });

  it("is refused with the place, the value, what is allowed and the fix, all at once", () => {
    const { problems } = read({
      "pod-namd": "disabled",
      "pod-named": { level: "mandtory", gigabytes: 4 },
      "pod-small": { gigabites: 4, gigabytes: 0 },
      production: ["Live"],
    });
    expect(problems.join("\n")).toBe(`error: Pulumi.dev.yaml: policies.pod-namd: no policy is called "pod-namd"
  allowed: production, and the rules that \`npx factory policies\` lists
  fix:     did you mean "pod-named"?
error: Pulumi.dev.yaml: policies.production[0]: the environment's name has characters other than lower-case letters and digits
  found:   Live
  allowed: 2 to 11 lower-case letters and digits
  fix:     write "live"
error: Pulumi.dev.yaml: policies.pod-named.level: the value is not one of those known
  found:   mandtory
  allowed: mandatory, advisory, disabled
  fix:     did you mean "mandatory"?
error: Pulumi.dev.yaml: policies.pod-named.gigabytes: the policy "pod-named" has no setting "gigabytes"
  allowed: level
  fix:     remove it
error: Pulumi.dev.yaml: policies.pod-small.gigabites: the policy "pod-small" has no setting "gigabites"
  allowed: level, gigabytes
  fix:     did you mean "gigabytes"?
error: Pulumi.dev.yaml: policies.pod-small.gigabytes: the value is too small
  found:   0
  allowed: at least 1
  fix:     raise it`);
  });

  it.each([["disabled"], [["pod-named"]], [3]])("is refused when it is no map: %j", (value) => {
    const [problem, ...others] = read(value).problems;
    expect(others).toEqual([]);
    expect(problem).toContain("Pulumi.dev.yaml: policies: the value has the wrong type");
  });

  it.each([[3], [null], [["mandatory"]]])("is refused when a rule's level is none: %j", (value) => {
    const [problem, ...others] = read({ "pod-named": value }).problems;
    expect(others).toEqual([]);
    expect(problem).toContain("allowed: mandatory, advisory, disabled");
  });
});
