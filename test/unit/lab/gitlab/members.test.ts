import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Double } from "./support/double";
import { addMember, makePerson, type Person } from "./support/people";

let double: Double;
let alice: Person;
let bob: Person;
let group: string;
let project: string;

beforeAll(async () => {
  double = await Double.start();
  alice = await makePerson(double, "alice");
  bob = await makePerson(double, "bob");
  const top = await double.make<{ id: number }>("POST", "/groups", { name: "Top", path: "top" });
  group = `groups/${String(top.id)}`;
  const made = await double.make<{ id: number }>("POST", "/projects", { name: "inner", namespace_id: top.id });
  project = `projects/${String(made.id)}`;
});

afterAll(() => double.stop());

describe("members of the double", () => {
  it("inherit what they have in the group above", async () => {
    await addMember(double, group, alice, 30);
    expect((await double.call("GET", `/${project}/members`)).body).toEqual([]);
    const { body } = await double.call<object[]>("GET", `/${project}/members/all`);
    expect(body).toContainEqual(expect.objectContaining({ username: "alice", access_level: 30 }));
    expect((await double.call("GET", `/${project}/members/all/${String(alice.id)}`)).status).toBe(200);
    expect(await double.call("GET", `/${project}/members/${String(alice.id)}`)).toMatchObject({
      status: 404,
      body: { message: "404 Not found" },
    });
  });

  it("are not to be there twice, and not to have less than they inherit", async () => {
    expect(await double.call("POST", `/${group}/members`, { user_id: alice.id, access_level: 30 })).toMatchObject({
      status: 409,
      body: { message: "Member already exists" },
    });
    expect(await double.call("POST", `/${project}/members`, { user_id: alice.id, access_level: 10 })).toMatchObject({
      status: 400,
      body: {
        message: {
          access_level: ["should be greater than or equal to Developer inherited membership from group Top"],
        },
      },
    });
    expect((await double.call("POST", `/${group}/members`, { user_id: 4711, access_level: 30 })).body).toEqual({
      message: "404 User Not Found",
    });
  });

  it("see and do what their role lets them", async () => {
    expect(await double.call("GET", `/${project}`, undefined, bob.token)).toMatchObject({
      status: 404,
      body: { message: "404 Project Not Found" },
    });
    expect((await double.call("GET", `/${project}`, undefined, alice.token)).body).toMatchObject({
      permissions: { group_access: { access_level: 30 }, project_access: null },
    });
    expect(await double.call("PUT", `/${project}`, { description: "x" }, alice.token)).toMatchObject({
      status: 403,
      body: { message: "403 Forbidden" },
    });
    expect((await double.call("GET", `/${project}`, undefined, "")).status).toBe(404);
    expect((await double.call("DELETE", `/${project}`, undefined, "")).status).toBe(401);
  });

  it("lose everything with the day of their expiry", async () => {
    const carol = await makePerson(double, "carol");
    await double.make("POST", `/${group}/members`, { user_id: carol.id, access_level: 40, expires_at: "2020-01-01" });
    expect((await double.call("GET", `/${project}`, undefined, carol.token)).status).toBe(404);
  });

  it("are changed and removed by owners", async () => {
    await addMember(double, group, bob, 20);
    const path = `/${group}/members/${String(bob.id)}`;
    expect((await double.call("PUT", path, { access_level: 40 }, alice.token)).status).toBe(403);
    expect((await double.call("PUT", path, { access_level: 40 })).body).toMatchObject({ access_level: 40 });
    expect((await double.call("DELETE", path)).status).toBe(204);
    expect((await double.call("GET", path)).status).toBe(404);
  });

  it("come by tokens whose scopes cover the request", async () => {
    const reader = await makePerson(double, "reader", ["read_api"]);
    await addMember(double, group, reader, 50);
    expect((await double.call("GET", `/${project}`, undefined, reader.token)).status).toBe(200);
    expect(await double.call("PUT", `/${project}`, { description: "x" }, reader.token)).toMatchObject({
      status: 403,
      body: { error: "insufficient_scope" },
    });
  });
});
