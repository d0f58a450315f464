import { createHash } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { selectedStack } from "../../../../delivery/doctor/selected-stack";
import { UserError } from "../../../../model/problem";
import { workspace, type Files } from "../../model/workspace";

const PROJECT = "name: factory-of-mine\n";
const TWO: Files = { "Pulumi.yaml": PROJECT, "Pulumi.prod.yaml": "config: {}\n" };

/** What `pulumi stack select` leaves in its home for the folder. */
function choice(root: string, stack: string): Files {
  const hash = createHash("sha1").update(join(root, "Pulumi.yaml")).digest("hex");
  return { [`workspaces/factory-of-mine-${hash}-workspace.json`]: JSON.stringify({ stack }) };
}

describe("The stack that is meant without --stack", () => {
  it("is the one that pulumi has selected in this folder, by its short name", () => {
    const root = workspace(TWO);
    const home = workspace(choice(root, "organization/factory-of-mine/prod"));
    expect(selectedStack(root, { PULUMI_HOME: home })).toBe("prod");
  });

  it("is what $PULUMI_STACK says, before all else", () => {
    const root = workspace(TWO);
    const home = workspace(choice(root, "prod"));
    expect(selectedStack(root, { PULUMI_HOME: home, PULUMI_STACK: "acme/factory-of-mine/dev" })).toBe("dev");
  });

  it("is not what was selected in another folder", () => {
    const home = workspace(choice(workspace(TWO), "prod"));
    expect(() => selectedStack(workspace(TWO), { PULUMI_HOME: home })).toThrow(UserError);
  });

  it("is the only one there is", () => {
    expect(selectedStack(workspace(), { PULUMI_HOME: "/nowhere" })).toBe("dev");
  });

  it("has to be named where several could be meant", () => {
    const root = workspace(TWO);
    expect(() => selectedStack(root, { PULUMI_HOME: "/nowhere" })).toThrow(
      `error: ${root}: no stack is selected\n  allowed: dev, prod\n  fix:     name one: --stack dev`,
    );
  });

  it("is not looked for in a folder without stacks", () => {
    expect(() => selectedStack(join(workspace(), "catalog"), { PULUMI_HOME: "/nowhere" })).toThrow(
      "the folder holds no config of a stack",
    );
  });
});
