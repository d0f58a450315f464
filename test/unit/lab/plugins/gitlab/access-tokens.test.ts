import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Unknown, unwrapSecrets } from "../../../../../lab/plugins/rpc";
import { ask, openWorkshop, type Workshop } from "./double";
import type { Life } from "./lives";

/** The day, GitLab's and the provider's. */
const start = "2029-01-01T12:00:00Z";
let today = new Date(start);
let workshop: Workshop;

beforeAll(async () => {
  workshop = await openWorkshop(() => today);
});
beforeEach(() => {
  today = new Date(start);
});
afterAll(() => workshop.close());

const tokenOf = ({ outputs }: Life) => unwrapSecrets(outputs)["token"] as string;

const status = async (token: string) =>
  (await fetch(`${workshop.gitlab.url}/api/v4/user`, { headers: { "private-token": token } })).status;

describe("an access token", () => {
  const rotation = { expirationDays: 30, rotateBeforeDays: 7 };
  const args = () => ({ group: workshop.place.group, name: "bot", scopes: ["api"], accessLevel: "developer" });

  it("works, is kept through a refresh, and is revoked when it is deleted", async () => {
    const { engine } = workshop;
    const made = await engine.create("GroupAccessToken", { ...args(), expiresAt: "2029-03-01" });
    expect(await status(tokenOf(made))).toBe(200);
    const read = await engine.read("GroupAccessToken", made);
    expect(read?.outputs).toEqual(made.outputs);
    await engine.delete("GroupAccessToken", made);
    expect(await status(tokenOf(made))).toBe(401);
    expect(await engine.read("GroupAccessToken", made)).toBeUndefined();
  });

  it("is gone when somebody has revoked it", async () => {
    const { engine, gitlab, place } = workshop;
    const made = await engine.create("ProjectAccessToken", { project: place.project, name: "bot", scopes: ["api"] });
    await ask(gitlab, "DELETE", `projects/${made.id.replace(":", "/access_tokens/")}`);
    expect(await engine.read("ProjectAccessToken", made)).toBeUndefined();
  });

  it("is rotated when its expiry is moved, and the new one is what is worked with from then on", async () => {
    const { engine } = workshop;
    const made = await engine.create("GroupAccessToken", { ...args(), expiresAt: "2029-03-01" });
    const moved = { ...args(), expiresAt: "2029-04-01" };
    const foreseen = unwrapSecrets((await engine.update("GroupAccessToken", made, moved, true)).outputs);
    expect(foreseen["token"]).toBeInstanceOf(Unknown);
    const rotated = await engine.update("GroupAccessToken", made, moved);
    expect(tokenOf(rotated)).not.toBe(tokenOf(made));
    expect([await status(tokenOf(made)), await status(tokenOf(rotated))]).toEqual([401, 200]);
    const read = await engine.read("GroupAccessToken", rotated);
    expect(read?.id).toBe(rotated.outputs["id"]);
    expect(read?.outputs).toEqual(rotated.outputs);
    await engine.delete("GroupAccessToken", rotated);
    expect(await status(tokenOf(rotated))).toBe(401);
  });

  it("is rotated on its own some days before it expires, and not earlier", async () => {
    const { engine } = workshop;
    const declared = { ...args(), rotationConfiguration: rotation };
    const made = await engine.create("GroupAccessToken", declared);
    expect(made.outputs["expiresAt"]).toBe("2029-01-31");
    today = new Date("2029-01-23T12:00:00Z");
    expect(await engine.diff("GroupAccessToken", made, declared)).toMatchObject({ changes: "none" });
    today = new Date("2029-01-24T12:00:00Z");
    expect(await engine.diff("GroupAccessToken", made, declared)).toMatchObject({ diffs: ["expiresAt"], replaces: [] });
    const rotated = await engine.update("GroupAccessToken", made, declared);
    expect(rotated.outputs["expiresAt"]).toBe("2029-02-23");
    expect(tokenOf(rotated)).not.toBe(tokenOf(made));
    expect(await engine.diff("GroupAccessToken", rotated, declared)).toMatchObject({ changes: "none" });
  });

  it("needs another one for other scopes, and the old one goes first, as both have the name", async () => {
    const { engine } = workshop;
    const made = await engine.create("GroupAccessToken", { ...args(), expiresAt: "2029-03-01" });
    const wider = { ...args(), expiresAt: "2029-03-01", scopes: ["api", "read_repository"] };
    expect(await engine.diff("GroupAccessToken", made, wider)).toMatchObject({
      replaces: ["scopes"],
      deleteBeforeReplace: true,
    });
  });

  it("may not be past when it is made", async () => {
    const past = { ...args(), expiresAt: "2028-12-31" };
    await expect(workshop.engine.checked("GroupAccessToken", past)).rejects.toThrow(/expiresAt is 2028-12-31.* past/);
    const unchecked = { ...past, validatePastExpirationDate: false };
    await expect(workshop.engine.checked("GroupAccessToken", unchecked)).resolves.toBeDefined();
  });
});
