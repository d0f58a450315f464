import { describe, expect, it } from "vitest";
import { stateDirOf } from "../../../lab/state-dir";

describe("the state folder of a lab", () => {
  const home = { HOME: "/home/ada" };

  it("lies in the user's state folder", () => {
    expect(stateDirOf({}, home)).toBe("/home/ada/.local/state/gitops-factory/lab");
    expect(stateDirOf({ name: "other" }, home)).toBe("/home/ada/.local/state/gitops-factory/other");
    expect(stateDirOf({}, { ...home, XDG_STATE_HOME: "/state" })).toBe("/state/gitops-factory/lab");
  });

  it("can be chosen by the environment, which flags override", () => {
    const env = { ...home, GITOPS_FACTORY_LAB: "/labs/one" };
    expect(stateDirOf({}, env)).toBe("/labs/one");
    expect(stateDirOf({ name: "other" }, env)).toBe("/home/ada/.local/state/gitops-factory/other");
    expect(stateDirOf({ state: "/labs/two" }, env)).toBe("/labs/two");
  });

  it("takes an empty variable for none", () => {
    expect(stateDirOf({}, { ...home, GITOPS_FACTORY_LAB: "", XDG_STATE_HOME: "" })).toBe(
      "/home/ada/.local/state/gitops-factory/lab",
    );
  });

  it.each(["../elsewhere", "a/b", "-x", "", "Lab"])("refuses the name %j", (name) => {
    expect(() => stateDirOf({ name }, home)).toThrow("a lab cannot be called so");
  });
});
