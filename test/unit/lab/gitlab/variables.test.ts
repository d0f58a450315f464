import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Double } from "./support/double";

let double: Double;
let path: string;

beforeAll(async () => {
  double = await Double.start();
  const { id } = await double.make<{ id: number }>("POST", "/projects", { name: "mirror" });
  path = `/projects/${String(id)}/variables`;
});

afterAll(() => double.stop());

describe("a CI variable of the double", () => {
  it("has GitLab's defaults", async () => {
    expect(await double.call("POST", path, { key: "PLAIN", value: "x" })).toEqual(
      expect.objectContaining({
        status: 201,
        body: {
          key: "PLAIN",
          value: "x",
          variable_type: "env_var",
          protected: false,
          masked: false,
          hidden: false,
          raw: false,
          environment_scope: "*",
          description: null,
        },
      }),
    );
  });

  it("is there once for each environment, and then has to be asked for by it", async () => {
    for (const environment_scope of ["a", "b"]) {
      await double.make("POST", path, { key: "SCOPED", value: environment_scope, environment_scope });
    }
    expect(await double.call("POST", path, { key: "SCOPED", value: "x", environment_scope: "a" })).toMatchObject({
      status: 400,
      body: { message: { key: ["(SCOPED) has already been taken"] } },
    });
    expect((await double.call("GET", `${path}/SCOPED`)).status).toBe(409);
    expect((await double.call("GET", `${path}/SCOPED?filter[environment_scope]=b`)).body).toMatchObject({ value: "b" });
    await double.make("PUT", `${path}/SCOPED`, { value: "c", filter: { environment_scope: "b" } });
    expect((await double.call("GET", `${path}/SCOPED?filter[environment_scope]=a`)).body).toMatchObject({ value: "a" });
    expect((await double.call("DELETE", `${path}/SCOPED?filter[environment_scope]=b`)).status).toBe(204);
    expect((await double.call("GET", `${path}/SCOPED`)).body).toMatchObject({ value: "a" });
  });

  it("is masked only when a log can hide it", async () => {
    for (const [value, raw, status] of [
      ["short", false, 400],
      ["two words here", false, 400],
      ["long-enough", false, 201],
      ["with$dollar", false, 400],
      ["with$dollar", true, 201],
    ] as const) {
      const key = `MASKED_${String(status)}_${String(raw)}_${value.length.toString()}`;
      expect((await double.call("POST", path, { key, value, raw, masked: true })).status).toBe(status);
    }
    expect((await double.call("POST", path, { key: "M", value: "short", masked: true })).body).toEqual({
      message: { value: ["is invalid"] },
    });
  });

  it("that is hidden never tells its value", async () => {
    const made = await double.make("POST", path, { key: "HIDDEN", value: "a-long-secret", masked_and_hidden: true });
    expect(made).toMatchObject({ value: null, hidden: true, masked: true });
    expect((await double.call("GET", `${path}/HIDDEN`)).body).toMatchObject({ value: null });
    expect((await double.call("PUT", `${path}/HIDDEN`, { masked: false })).status).toBe(400);
  });

  it("is refused a key that no shell takes", async () => {
    expect((await double.call("POST", path, { key: "A-B", value: "x" })).body).toEqual({
      message: { key: ["can contain only letters, digits and '_'."] },
    });
    expect((await double.call("POST", path, { key: "A" })).body).toEqual({ error: "value is missing" });
    expect((await double.call("GET", `${path}/NONE`)).body).toEqual({ message: "404 Variable Not Found" });
  });

  it("may come as a form", async () => {
    const response = await fetch(`${double.gitlab.url}/api/v4${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${double.gitlab.rootToken}` },
      body: new URLSearchParams({ key: "FORM", value: "x", protected: "true" }),
    });
    expect(await response.json()).toMatchObject({ key: "FORM", protected: true });
    const form = new FormData();
    form.set("key", "MULTIPART");
    form.set("value", "two = lines & more");
    form.set("variable_type", "file");
    const multipart = await fetch(`${double.gitlab.url}/api/v4${path}?private_token=${double.gitlab.rootToken}`, {
      method: "POST",
      body: form,
    });
    expect(await multipart.json()).toMatchObject({ value: "two = lines & more", variable_type: "file" });
  });
});
