import { afterAll, beforeAll, expect, it } from "vitest";
import { unwrapSecrets } from "../../../../../lab/plugins/rpc";
import { openWorkshop, type Workshop } from "./double";

let workshop: Workshop;

beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

it("the users who may push to a branch are changed in place: one more, one less", async () => {
  const { engine, place } = workshop;
  const user = Number(place.user);
  await engine.create("GroupMembership", { groupId: place.group, userId: user, accessLevel: "developer" });
  const args = {
    project: place.project,
    branch: "main",
    pushAccessLevel: "maintainer",
    mergeAccessLevel: "maintainer",
  };
  const both = { ...args, allowedToPushes: [{ userId: 1 }, { userId: user }] };
  const one = { ...args, allowedToPushes: [{ userId: user }] };

  const made = await engine.create("BranchProtection", one);
  const usersOf = (life: typeof made) =>
    (unwrapSecrets(life.outputs)["allowedToPushes"] as { userId: number }[]).map(({ userId }) => userId);
  expect(usersOf(made)).toEqual([user]);
  expect(await engine.diff("BranchProtection", made, one)).toMatchObject({ changes: "none" });

  expect(await engine.diff("BranchProtection", made, both)).toMatchObject({ diffs: ["allowedToPushes"], replaces: [] });
  const more = await engine.update("BranchProtection", made, both);
  expect(usersOf(more).sort()).toEqual([1, user]);
  expect(await engine.diff("BranchProtection", more, both)).toMatchObject({ changes: "none" });

  const less = await engine.update("BranchProtection", more, one);
  expect(usersOf(less)).toEqual([user]);
  expect(less.outputs["pushAccessLevel"]).toBe("maintainer");
});
