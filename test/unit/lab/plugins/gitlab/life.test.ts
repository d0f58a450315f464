import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PropertyMap, Unknown, unwrapSecrets } from "../../../../../lab/plugins/rpc";
import { kinds } from "../../../../../lab/plugins/gitlab/kinds";
import { nameOf } from "../../../../../lab/plugins/gitlab/package-schema";
import { openWorkshop, type Workshop } from "./double";
import { secretsOf } from "./lives";
import { scenarios } from "./scenarios";

let workshop: Workshop;

beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

const clear = (properties: PropertyMap | undefined) => properties && unwrapSecrets(properties);

/** The foreseen outputs that were known. */
function known(foreseen: PropertyMap): object {
  return Object.fromEntries(Object.entries(clear(foreseen) ?? {}).filter(([, value]) => !(value instanceof Unknown)));
}

describe("the resources of the gitlab provider, on the double of GitLab", () => {
  it("are those of these scenarios, and the access tokens", () => {
    const tokens = ["GroupAccessToken", "ProjectAccessToken"];
    const played = new Set([...scenarios.map(({ kind }) => kind), ...tokens]);
    expect(kinds.map(({ token }) => nameOf(token)).sort()).toEqual([...played].sort());
  });

  it.each(scenarios.map((scenario) => [scenario.kind, scenario] as const))(
    "%s lives as declared",
    async (kind, life) => {
      const { engine, place } = workshop;
      const args = life.args(place);

      const foreseen = await engine.foresee(kind, args);
      const created = await engine.create(kind, args);
      const id = life.id(place);
      expect(id.endsWith("#") ? created.id.replace(/\d+$/, "#") : created.id).toBe(id);
      expect(clear(created.outputs)).toMatchObject({ ...life.outputs, id: created.id });
      expect(Object.keys(created.outputs)).toEqual(expect.arrayContaining(Object.keys(foreseen)));
      expect(clear(created.outputs)).toMatchObject(known(foreseen));
      expect(secretsOf(created.outputs)).toEqual(life.secrets ?? []);

      expect(await engine.diff(kind, created, args)).toMatchObject({ changes: "none", diffs: [] });
      const read = await engine.read(kind, created);
      expect(clear(read?.outputs)).toEqual(clear(created.outputs));
      expect(clear(read?.inputs)).toEqual(clear(created.inputs));
      expect(secretsOf(read?.outputs ?? {})).toEqual(secretsOf(created.outputs));

      const imported = await engine.import(kind, created.id);
      const lost = life.unknownByImport ?? [];
      const given = Object.keys(created.inputs).filter(
        (name) => !lost.includes(name) && name in (imported?.inputs ?? {}),
      );
      expect(given).not.toEqual([]);
      for (const name of given) expect(clear(imported?.inputs)?.[name], name).toEqual(clear(created.outputs)?.[name]);

      if (life.replace !== undefined) {
        const { replaces } = await engine.diff(kind, created, { ...args, ...life.replace });
        expect(replaces).toEqual(Object.keys(life.replace));
      }
      let last = created;
      if (life.update !== undefined) {
        const changed = { ...args, ...life.update };
        const { diffs, replaces } = await engine.diff(kind, created, changed);
        expect([...(diffs ?? [])].sort()).toEqual(Object.keys(life.update).sort());
        expect(replaces).toEqual([]);
        last = await engine.update(kind, created, changed);
        expect(clear(last.outputs)).toMatchObject(clear(life.update) ?? {});
        expect(await engine.diff(kind, last, changed)).toMatchObject({ changes: "none" });
        expect(clear((await engine.read(kind, last))?.outputs)).toEqual(clear(last.outputs));
      }

      await engine.delete(kind, last);
      expect(await engine.read(kind, last)).toBeUndefined();
      await expect(engine.delete(kind, last)).resolves.toBeUndefined();
    },
  );
});
