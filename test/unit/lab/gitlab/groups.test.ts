import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Double } from "./support/double";

let double: Double;
let now = new Date("2026-03-01T10:00:00Z");

beforeAll(async () => {
  double = await Double.start({ clock: () => now });
});

afterAll(() => double.stop());

interface Named {
  readonly id: number;
  readonly name: string;
  readonly full_path: string;
}

/** A group of the top level with its own name. */
function makeGroup(path: string, more: object = {}): Promise<Named> {
  return double.make<Named>("POST", "/groups", { name: path, path, ...more });
}

describe("a group of the double", () => {
  it("has the path of the groups above it", async () => {
    const top = await makeGroup("ministry");
    const sub = await double.make<Named>("POST", "/groups", {
      name: "Procedures",
      path: "procedures",
      parent_id: top.id,
    });
    expect(sub).toMatchObject({
      full_path: "ministry/procedures",
      full_name: "ministry / Procedures",
      parent_id: top.id,
    });
    expect((await double.call("GET", "/groups/ministry%2Fprocedures")).body).toMatchObject({ id: sub.id });
    expect((await double.call("GET", `/groups/${String(top.id)}/subgroups`)).body).toMatchObject([{ id: sub.id }]);
    expect((await double.call("GET", "/groups?top_level_only=true")).body).toMatchObject([{ id: top.id }]);
  });

  it("is refused a name or a path that GitLab refuses, with GitLab's words", async () => {
    const cases = [
      ["ministry", '{:path=>["has already been taken"]}'],
      ["root", '{:path=>["has already been taken"]}'],
      ["api", '{:path=>["api is a reserved name"]}'],
      ["-x", "Cannot start with '-'"],
      ["x.git", "'.git' or '.atom'"],
    ] as const;
    for (const [path, words] of cases) {
      const { status, body } = await double.call("POST", "/groups", {
        name: `name ${path}`.replace(/[^\w ]/g, ""),
        path,
      });
      expect(status).toBe(400);
      expect(body["message"]).toContain(words);
    }
    expect((await double.call("POST", "/groups", { path: "unnamed" })).body).toEqual({ error: "name is missing" });
    expect(await double.call("POST", "/groups", { name: "x y", path: "xy", parent_id: 4711 })).toMatchObject({
      status: 404,
      body: { message: "404 Group Not Found" },
    });
  });

  it("and what is in it are not wider to be seen than the group above", async () => {
    const { id } = await makeGroup("secretive");
    const open = { name: "open", path: "open", visibility: "public" };
    expect((await double.call("POST", "/groups", { ...open, parent_id: id })).body["message"]).toBe(
      'Failed to save group {:visibility_level=>["public is not allowed since the parent group has a private visibility."]}',
    );
    const refusal = { message: { visibility_level: ["public is not allowed in a private group."] } };
    expect((await double.call("POST", "/projects", { ...open, namespace_id: id })).body).toEqual(refusal);
    const project = await double.make<Named>("POST", "/projects", { name: "inner", namespace_id: id });
    const answer = await double.call("PUT", `/projects/${String(project.id)}`, { visibility: "public" });
    expect(answer.body).toEqual(refusal);
  });

  it("tells back what it was given", async () => {
    const { id } = await makeGroup("settled", { project_creation_level: "maintainer" });
    const path = `/groups/${String(id)}`;
    expect((await double.call("GET", path)).body).toMatchObject({ project_creation_level: "maintainer" });
    await double.make("PUT", path, { description: "d", subgroup_creation_level: "owner" });
    expect((await double.call("GET", path)).body).toMatchObject({
      description: "d",
      project_creation_level: "maintainer",
      subgroup_creation_level: "owner",
    });
  });

  it("frees its path when its deletion is scheduled, and is there until the retention period is over", async () => {
    const { id } = await makeGroup("leaving");
    const path = `/groups/${String(id)}`;
    expect(await double.call("DELETE", path)).toMatchObject({ status: 202, body: { message: "202 Accepted" } });
    expect((await double.call("GET", path)).body).toMatchObject({
      path: `leaving-deletion_scheduled-${String(id)}`,
      marked_for_deletion_on: "2026-03-01",
    });
    expect((await double.call("GET", "/groups/leaving")).status).toBe(404);
    expect(await double.call("DELETE", path)).toMatchObject({
      status: 400,
      body: { message: "Group has been already marked for deletion" },
    });
    const inside = { name: "late", path: "late" };
    expect((await double.call("POST", "/groups", { ...inside, parent_id: id })).status).toBe(403);
    expect((await double.call("POST", "/projects", { ...inside, namespace_id: id })).body).toEqual({
      message: { namespace: ["is not valid"] },
    });
    const second = await makeGroup("leaving");
    now = new Date("2026-04-02T10:00:00Z");
    expect((await double.call("GET", path)).status).toBe(404);
    expect((await double.call("GET", `/groups/${String(second.id)}`)).status).toBe(200);
  });

  it("is removed at once only below another group, once scheduled, and with its full path", async () => {
    const top = await makeGroup("keeper");
    const sub = await double.make<Named>("POST", "/groups", { name: "gone", path: "gone", parent_id: top.id });
    const remove = (id: number, full_path: string): Promise<{ status: number; body: object }> =>
      double.call("DELETE", `/groups/${String(id)}?permanently_remove=true&full_path=${encodeURIComponent(full_path)}`);
    expect((await remove(sub.id, "keeper/gone")).body).toEqual({ message: "Group must be marked for deletion first." });
    await double.make("DELETE", `/groups/${String(sub.id)}`);
    expect((await remove(sub.id, "keeper/gone")).status).toBe(400);
    expect((await remove(sub.id, `keeper/gone-deletion_scheduled-${String(sub.id)}`)).status).toBe(202);
    expect((await double.call("GET", `/groups/${String(sub.id)}`)).status).toBe(404);
    expect((await remove(top.id, "keeper")).body).toEqual({
      message: "`permanently_remove` option is only available for subgroups.",
    });
  });

  it("comes back with its name when it is restored", async () => {
    const { id } = await makeGroup("back");
    await double.make("DELETE", `/groups/${String(id)}`);
    expect(await double.call("POST", `/groups/${String(id)}/restore`)).toMatchObject({
      status: 201,
      body: { path: "back", marked_for_deletion_on: null },
    });
  });

  it("has custom attributes for administrators", async () => {
    const { id } = await makeGroup("tagged");
    const path = `/groups/${String(id)}/custom_attributes`;
    expect(await double.call("PUT", `${path}/team`, { value: "a" })).toMatchObject({
      status: 200,
      body: { key: "team", value: "a" },
    });
    expect((await double.call("GET", "/groups?custom_attributes[team]=a")).body).toMatchObject([{ id }]);
    expect((await double.call("GET", `/groups/${String(id)}?with_custom_attributes=true`)).body).toMatchObject({
      custom_attributes: [{ key: "team", value: "a" }],
    });
    expect((await double.call("DELETE", `${path}/team`)).status).toBe(204);
    expect((await double.call("GET", `${path}/team`)).status).toBe(404);
  });
});
