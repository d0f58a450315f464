import { userInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { usersPulumiHome, stateFolder } from "../../../lab/user-folders";
import { cacheRoot } from "../../../manifests/cache";

const { homedir } = userInfo();

describe("A user's folders", () => {
  it.each([
    [{ HOME: "/home/ada" }, "/home/ada"],
    [{ HOME: "" }, homedir],
    [{}, homedir],
    [{ HOME: "", XDG_STATE_HOME: "", PULUMI_HOME: "", GITOPS_FACTORY_CACHE: "" }, homedir],
  ])("are in the home folder, which an empty variable does not name: %j", (env, home) => {
    expect(stateFolder(env)).toBe(`${home}/.local/state/gitops-factory`);
    expect(usersPulumiHome(env)).toBe(`${home}/.pulumi`);
    expect(cacheRoot(env)).toBe(`${home}/.cache/gitops-factory`);
  });

  it("are where the variables say", () => {
    expect(stateFolder({ HOME: "/home/ada", XDG_STATE_HOME: "/state" })).toBe("/state/gitops-factory");
    expect(usersPulumiHome({ HOME: "/home/ada", PULUMI_HOME: "/pulumi" })).toBe("/pulumi");
  });
});
