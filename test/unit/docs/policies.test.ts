import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parse, stringify } from "yaml";
import { policiesCommand } from "../../../delivery/policies";
import { rules } from "../../../policies/index";
import { policyProblems } from "../../../policies/stack-settings";
import { catchPrinted, type Printed } from "../delivery/support/printed";
import { workspace } from "../model/workspace";

const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "policies.md"), "utf8");

let printed: Printed;

beforeEach(() => {
  printed = catchPrinted();
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe("docs/policies.md", () => {
  it("has the rules that there are, with level, demand and source", () => {
    const rows = [...page.matchAll(/^\| \[`(.+)`\]\((.+)\) \| (.+) \| (.+) \|$/gm)];
    expect(rows.map(([, name, source, level, description]) => ({ name, level, description, source }))).toEqual(
      rules.map(({ name, level, description, source }) => ({ name, level, description, source })),
    );
  });

  it("shows what the command prints", async () => {
    const [, args = "", output = ""] = /```console\n\$ npx factory policies (.+)\n([\s\S]*?)```/.exec(page) ?? [];
    await policiesCommand().parseAsync(args.split(" "), { from: "user" });
    expect(printed.out).toBe(output);
  });

  it("shows settings that are valid", () => {
    const [, example = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    const root = workspace({ "Pulumi.dev.yaml": stringify(parse(example)) });
    expect(example).toContain("production:");
    expect(policyProblems({ root, stack: "dev" }, rules)).toEqual([]);
  });
});
