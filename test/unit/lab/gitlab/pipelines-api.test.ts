import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Double } from "./support/double";
import { addMember, makePerson, type Person } from "./support/people";

/** A time of the double's clock that does not pass. */
const now = new Date("2026-05-01T10:00:00Z");

let double: Double;
let project: string;
let developer: Person;
let maintainer: Person;
let guest: Person;
beforeAll(async () => {
  double = await Double.start({ clock: () => now });
  const body = { path: "shop", name: "shop", initialize_with_readme: true };
  const { id } = await double.make<{ id: number }>("POST", "/projects", body);
  project = `projects/${String(id)}`;
  [developer, maintainer, guest] = [
    await makePerson(double, "dev"),
    await makePerson(double, "main-tainer"),
    await makePerson(double, "guest"),
  ];
  await addMember(double, project, developer, 30);
  await addMember(double, project, maintainer, 40);
  await addMember(double, project, guest, 10);
});
afterAll(() => double.stop());

describe("triggers", () => {
  it("show their whole token to their owner alone", async () => {
    const made = await double.make<{ id: number; token: string }>(
      "POST",
      `/${project}/triggers`,
      { description: "a" },
      maintainer.token,
    );
    expect(made.token).toMatch(/^glptt-\S{20}$/);
    const [own] = await double.make<{ token: string }[]>("GET", `/${project}/triggers`, undefined, maintainer.token);
    expect(own?.token).toBe(made.token);
    const others = await double.make<{ token: string }>("GET", `/${project}/triggers/${String(made.id)}`);
    expect(others.token).toBe(made.token.slice(6, 10));
    const changed = await double.make("PUT", `/${project}/triggers/${String(made.id)}`, { description: "b" });
    expect(changed["description"]).toBe("b");
    expect((await double.call("DELETE", `/${project}/triggers/${String(made.id)}`)).status).toBe(204);
    const gone = await double.call("GET", `/${project}/triggers/${String(made.id)}`);
    expect([gone.status, gone.body]).toEqual([404, { message: "404 Trigger Not Found" }]);
  });

  it("are for maintainers", async () => {
    const answer = await double.call("POST", `/${project}/triggers`, { description: "a" }, developer.token);
    expect([answer.status, answer.body]).toEqual([403, { message: "403 Forbidden" }]);
    const nameless = await double.call("POST", `/${project}/triggers`, {});
    expect([nameless.status, nameless.body]).toEqual([400, { error: "description is missing" }]);
  });
});

describe("schedules", () => {
  const fields = { description: "nightly", ref: "main", cron: "30 1 * * *", cron_timezone: "Europe/Paris" };

  it("tell when they run next, by the clock of their time zone, and not at all while they are off", async () => {
    const made = await double.make<{ id: number }>("POST", `/${project}/pipeline_schedules`, fields, developer.token);
    expect(made).toMatchObject({
      ref: "refs/heads/main",
      active: true,
      next_run_at: "2026-05-01T23:30:00.000Z",
      variables: [],
    });
    const path = `/${project}/pipeline_schedules/${String(made.id)}`;
    expect(await double.make("PUT", path, { active: false })).toMatchObject({ active: false, next_run_at: null });
    expect(await double.make("PUT", path, { active: true, cron: "0 12 * * *" })).toMatchObject({
      next_run_at: "2026-05-02T10:00:00.000Z",
      description: "nightly",
    });
  });

  it("have variables, each key once", async () => {
    const made = await double.make<{ id: number }>("POST", `/${project}/pipeline_schedules`, fields);
    const path = `/${project}/pipeline_schedules/${String(made.id)}`;
    const variable = { key: "NAME", value: "shop" };
    expect(await double.make("POST", `${path}/variables`, variable)).toEqual({
      ...variable,
      variable_type: "env_var",
      raw: false,
    });
    const twice = await double.call("POST", `${path}/variables`, variable);
    expect([twice.status, twice.body]).toEqual([400, { message: { key: ["has already been taken"] } }]);
    expect(await double.make("PUT", `${path}/variables/NAME`, { value: "other" })).toMatchObject({ value: "other" });
    expect((await double.make<{ variables: object[] }>("GET", path)).variables).toHaveLength(1);
    expect((await double.call("DELETE", `${path}/variables/NAME`)).status).toBe(202);
    expect((await double.call("GET", `${path}/variables/NAME`)).status).toBe(404);
  });

  it("belong to one, and another developer may not change them; a maintainer takes them over", async () => {
    const made = await double.make<{ id: number }>("POST", `/${project}/pipeline_schedules`, fields);
    const path = `/${project}/pipeline_schedules/${String(made.id)}`;
    expect((await double.call("DELETE", path, undefined, developer.token)).status).toBe(403);
    const taken = await double.make<{ owner: { id: number } }>("POST", `${path}/take_ownership`, {}, maintainer.token);
    expect(taken.owner.id).toBe(maintainer.id);
  });

  it("are refused with a bad time or time zone", async () => {
    const answer = await double.call("POST", `/${project}/pipeline_schedules`, {
      ...fields,
      cron: "x",
      cron_timezone: "Mars",
    });
    expect([answer.status, answer.body]).toEqual([
      400,
      { message: { cron: ["syntax is invalid"], cron_timezone: ["syntax is invalid"] } },
    ]);
  });
});

describe("pipelines", () => {
  it("are refused without a CI file, for an unknown ref, on a protected branch and to guests", async () => {
    const start = async (token: string, ref = "main"): Promise<[number, unknown]> => {
      const { status, body } = await double.call("POST", `/${project}/pipeline`, { ref }, token);
      return [status, body];
    };
    expect(await start(maintainer.token)).toEqual([400, { message: { base: ["Missing CI config file"] } }]);
    expect(await start(maintainer.token, "gone")).toEqual([400, { message: { base: ["Reference not found"] } }]);
    expect(await start(developer.token)).toEqual([
      400,
      { message: { base: [expect.stringContaining("sufficient permission to run a pipeline on 'main'")] } },
    ]);
    expect(await start(guest.token)).toEqual([403, { message: "403 Forbidden" }]);
  });

  it("are not found where there are none", async () => {
    expect(await double.make("GET", `/${project}/pipelines`)).toEqual([]);
    for (const path of ["pipelines/99", "pipelines/latest", "jobs/99", "pipelines/99/jobs"]) {
      expect((await double.call("GET", `/${project}/${path}`)).status).toBe(404);
    }
  });
});

describe("environments", () => {
  it("are made, stopped and removed, and protected by name", async () => {
    const made = await double.make<{ id: number }>("POST", `/${project}/environments`, { name: "review/Feature one" });
    expect(made).toMatchObject({ slug: "review-feature-one", state: "available", tier: "development" });
    const path = `/${project}/environments/${String(made.id)}`;
    expect((await double.call("DELETE", path)).status).toBe(403);
    expect(await double.make("POST", `${path}/stop`)).toMatchObject({ state: "stopped" });
    expect((await double.call("DELETE", path)).status).toBe(204);
    const rule = { name: "production", deploy_access_levels: [{ access_level: 40 }] };
    expect(await double.make("POST", `/${project}/protected_environments`, rule)).toMatchObject({
      name: "production",
      deploy_access_levels: [{ access_level: 40, access_level_description: "Maintainers" }],
    });
    expect((await double.call("POST", `/${project}/protected_environments`, rule)).status).toBe(400);
  });
});
