import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { covers, deployTokenOf } from "../../../../lab/gitlab/auth/deploy-token";
import { Double } from "./support/double";

let double: Double;
let project: number;
let place: string;
let now = new Date("2026-03-01T10:00:00Z");

beforeAll(async () => {
  double = await Double.start({ clock: () => now });
  const group = await double.make<{ id: number }>("POST", "/groups", { name: "Top", path: "top" });
  const made = await double.make<{ id: number }>("POST", "/projects", { name: "inner", namespace_id: group.id });
  project = made.id;
  place = `/groups/${String(group.id)}`;
});

afterAll(() => double.stop());

interface Token {
  readonly id: number;
  readonly token: string;
  readonly username: string;
  readonly expires_at: string;
}

function makeToken(more: object = {}): Promise<Token> {
  return double.make<Token>("POST", `${place}/access_tokens`, { name: "ci", scopes: ["api"], ...more });
}

describe("a group access token of the double", () => {
  it("acts as a bot with its role, in the group and below", async () => {
    const made = await makeToken({ access_level: 30, expires_at: "2026-06-01" });
    expect(made).toMatchObject({
      name: "ci",
      active: true,
      revoked: false,
      access_level: 30,
      expires_at: "2026-06-01",
    });
    expect(made.token).toMatch(/^glpat-[\w-]{20}$/);
    expect((await double.call("GET", "/user", undefined, made.token)).body).toMatchObject({ bot: true, name: "ci" });
    const path = `/projects/${String(project)}`;
    expect((await double.call("GET", path, undefined, made.token)).status).toBe(200);
    expect((await double.call("PUT", path, { description: "x" }, made.token)).status).toBe(403);
    const again = await double.make("GET", `${place}/access_tokens/${String(made.id)}`);
    expect(again).not.toHaveProperty("token");
  });

  it("is rotated: the old one is revoked, and using it again for that revokes the new one too", async () => {
    const first = await makeToken();
    const path = `${place}/access_tokens`;
    const second = await double.make<Token>("POST", `${path}/${String(first.id)}/rotate`);
    expect(second.expires_at).toBe("2026-03-08");
    expect(await double.call("GET", "/user", undefined, first.token)).toMatchObject({
      status: 401,
      body: { error: "invalid_token" },
    });
    const third = await double.make<Token>("POST", `${path}/self/rotate`, { expires_at: "2026-04-01" }, second.token);
    expect((await double.call("GET", "/user", undefined, third.token)).status).toBe(200);
    expect((await double.call("POST", `${path}/${String(first.id)}/rotate`)).status).toBe(400);
    expect((await double.call("GET", "/user", undefined, third.token)).status).toBe(401);
  });

  it("lives no longer than a year, and ends with its day", async () => {
    expect((await makeToken()).expires_at).toBe("2027-03-01");
    const tooLong = { name: "x", scopes: ["api"], expires_at: "2028-01-01" };
    expect(await double.call("POST", `${place}/access_tokens`, tooLong)).toMatchObject({
      status: 400,
      body: { message: "400 Bad request - Expiration date must be before 2027-03-01" },
    });
    const { token } = await makeToken({ expires_at: "2026-03-02" });
    now = new Date("2026-03-02T00:00:01Z");
    expect(await double.call("GET", "/user", undefined, token)).toMatchObject({
      status: 401,
      body: { error: "invalid_token" },
    });
  });

  it("does not make further ones, and is gone when it is revoked", async () => {
    const { id, token } = await makeToken({ access_level: 50 });
    const more = { name: "x", scopes: ["api"] };
    expect((await double.call("POST", `${place}/access_tokens`, more, token)).status).toBe(400);
    expect((await double.call("DELETE", `${place}/access_tokens/${String(id)}`)).status).toBe(204);
    expect((await double.call("GET", "/user", undefined, token)).status).toBe(401);
  });

  it("tells of itself whatever its scopes", async () => {
    const { token } = await makeToken({ scopes: ["read_repository"] });
    expect((await double.call("GET", "/personal_access_tokens/self", undefined, token)).body).toMatchObject({
      scopes: ["read_repository"],
    });
    expect((await double.call("GET", "/user", undefined, token)).status).toBe(403);
  });
});

describe("a deploy token of the double", () => {
  it("has a name of its own, and is of its group's projects", async () => {
    const made = await double.make<Token>("POST", `${place}/deploy_tokens`, {
      name: "argocd",
      scopes: ["read_repository"],
      expires_at: "2026-04-01",
    });
    expect(made).toMatchObject({
      username: `gitlab+deploy-token-${String(made.id)}`,
      scopes: ["read_repository"],
      expires_at: "2026-04-01T00:00:00.000Z",
      revoked: false,
      expired: false,
    });
    const { context } = double.gitlab;
    const token = deployTokenOf(context, made.username, made.token);
    expect(token && covers(context, token, context.store.projects.need(project))).toBe(true);
    expect(deployTokenOf(context, "other", made.token)).toBeUndefined();
    expect((await double.call("DELETE", `${place}/deploy_tokens/${String(made.id)}`)).status).toBe(204);
    expect(deployTokenOf(context, made.username, made.token)).toBeUndefined();
  });

  it("is refused without a scope that there is", async () => {
    const path = `${place}/deploy_tokens`;
    expect((await double.call("POST", path, { name: "x" })).body).toEqual({ error: "scopes is missing" });
    expect((await double.call("POST", path, { name: "x", scopes: ["api"] })).body).toEqual({
      error: "scopes does not have a valid value",
    });
  });
});

describe("the double's state", () => {
  it("has the digests of tokens, not the tokens", async () => {
    const { token } = await makeToken();
    const folder = double.gitlab.context.paths.state;
    const text = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, "utf8"));
    expect(text.join("")).not.toContain(token);
    expect(text.join("")).not.toContain(double.gitlab.rootToken);
  });
});
