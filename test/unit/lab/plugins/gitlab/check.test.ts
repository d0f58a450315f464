import { describe, expect, it } from "vitest";
import { type PropertyMap, Secret, Unknown, unwrapSecrets } from "../../../../../lab/plugins/rpc";
import { Engine } from "./lives";

const engine = new Engine();

const failures = async (kind: string, inputs: PropertyMap) =>
  ((await engine.check(kind, inputs)).failures ?? []).map(({ reason }) => reason);

describe("the gitlab provider's check", () => {
  it("misses every argument that is required", async () => {
    expect(await failures("ProjectVariable", { key: "A" })).toEqual([
      "Missing required property 'project'",
      "Missing required property 'value'",
    ]);
  });

  it("takes an id as a text where a number is wanted, and the other way round, also when it is secret", async () => {
    const inputs = await engine.checked("GroupMembership", { groupId: "5", userId: 7, accessLevel: "owner" });
    expect(inputs).toEqual({ groupId: 5, userId: 7, accessLevel: "owner" });
    const secret = await engine.checked("PipelineTrigger", { project: new Secret(5), description: "mirror" });
    expect(secret["project"]).toBeInstanceOf(Secret);
    expect(unwrapSecrets(secret)["project"]).toBe("5");
  });

  it("refuses what has another type, and says which is wanted", async () => {
    expect(await failures("GroupMembership", { groupId: "acme", userId: 7, accessLevel: "owner" })).toEqual([
      "groupId must be an integer",
    ]);
    expect(await failures("GroupDeployToken", { group: "5", scopes: "read_repository" })).toEqual([
      "scopes must be a list",
    ]);
  });

  it("judges nothing that is not known yet", async () => {
    const inputs = { project: new Unknown(), key: "A", value: new Unknown(), hidden: true };
    expect(await engine.checked("ProjectVariable", inputs)).toEqual(inputs);
  });

  it("makes up a name and stays with it, as long as none is given", async () => {
    const made = await engine.checked("Project", {});
    expect(made).toEqual({ name: "thing-4bf5122", __defaults: ["name"] });
    expect(await engine.checked("Project", {}, { ...made, name: "thing-0000000" })).toMatchObject({
      name: "thing-0000000",
    });
    expect(await engine.checked("Project", { name: "shop" }, made)).toEqual({ name: "shop" });
  });

  it.each([
    ["Group", { path: "a", archiveOnDestroy: true, permanentlyRemoveOnDelete: true }, /exclude each other/],
    ["Project", { archiveOnDestroy: true, permanentlyDeleteOnDestroy: true }, /exclude each other/],
    ["Project", { avatar: "logo.png" }, /double .* does not set a project's avatar/],
    ["ProjectVariable", { project: "1", key: "A", value: "b", hidden: true }, /has to be masked/],
    [
      "RepositoryFile",
      { project: "1", branch: "main", filePath: "/a", content: "", encoding: "text", commitMessage: "a" },
      /may not begin with a slash/,
    ],
    [
      "RepositoryFile",
      { project: "1", branch: "main", filePath: "a", content: "", encoding: "text" },
      /a commit needs a message/,
    ],
  ])("refuses a %s of %o", async (kind, inputs, reason) => {
    const found = await failures(kind, inputs);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(reason);
  });

  it("refuses a resource that the double has not, and lists those that it has", () => {
    expect(() =>
      engine.provider.check({
        ...{ urn: "urn", name: "board" },
        type: "gitlab:index/projectIssueBoard:ProjectIssueBoard",
        oldInputs: {},
        newInputs: {},
        randomSeed: new Uint8Array(),
      }),
    ).toThrow(/double .* has no gitlab:index\/projectIssueBoard:ProjectIssueBoard; it has .*Group.*/);
  });
});
