import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startGitLab } from "../../../../lab/gitlab/gitlab";
import { setOutage } from "../../../../lab/gitlab/outage";
import { Double } from "./support/double";
import { makePerson } from "./support/people";

let double: Double;
const log: string[] = [];

beforeAll(async () => {
  double = await Double.start({ log: (line) => log.push(line) });
});

afterAll(() => double.stop());

describe("the double's users", () => {
  it("begin with the administrator root", async () => {
    const { status, body } = await double.call("GET", "/user");
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: 1, username: "root", is_admin: true, web_url: `${double.gitlab.url}/root` });
  });

  it("are not told to who shows no token, or an unknown one", async () => {
    expect(await double.call("GET", "/user", undefined, "")).toMatchObject({
      status: 401,
      body: { message: "401 Unauthorized" },
    });
    expect((await double.call("GET", "/user", undefined, "glpat-unknown")).status).toBe(401);
  });

  it("are made by the administrator and found by their name", async () => {
    const alice = { email: "alice@example.com", name: "Alice", username: "alice", password: "a long password" };
    expect(await double.call("POST", "/users", alice)).toMatchObject({ status: 201, body: { username: "alice" } });
    expect((await double.call("GET", "/users?username=ALICE")).body).toMatchObject([{ username: "alice" }]);
    expect(await double.call("POST", "/users", { ...alice, email: "other@example.com" })).toMatchObject({
      status: 409,
      body: { message: "Username has already been taken" },
    });
  });

  it("have no way in when they are blocked, and are gone when they are deleted", async () => {
    const { id, token } = await makePerson(double, "blocked");
    expect(await double.call("POST", `/users/${String(id)}/block`)).toMatchObject({ status: 201, body: true });
    expect(await double.call("GET", "/user", undefined, token)).toMatchObject({
      status: 403,
      body: { message: "403 Forbidden - Your account has been blocked." },
    });
    await double.make("POST", `/users/${String(id)}/unblock`);
    expect((await double.call("GET", "/user", undefined, token)).status).toBe(200);
    expect((await double.call("DELETE", `/users/${String(id)}`)).status).toBe(204);
    expect((await double.call("GET", "/user", undefined, token)).status).toBe(401);
  });

  it("are refused with what is missing", async () => {
    expect(await double.call("POST", "/users", { name: "Bob" })).toMatchObject({
      status: 400,
      body: { error: "email is missing, username is missing" },
    });
  });
});

describe("the double's server", () => {
  it("answers to an unknown route as GitLab does", async () => {
    expect(await double.call("GET", "/nothing")).toMatchObject({ status: 404, body: { error: "404 Not Found" } });
  });

  it("tells pages in the headers", async () => {
    const { headers } = await double.call("GET", "/users?per_page=1&page=1");
    expect(headers.get("x-per-page")).toBe("1");
    expect(headers.get("x-total")).toBe(headers.get("x-total-pages"));
    expect(headers.get("link")).toContain('rel="last"');
  });

  it("logs each request without what is secret in it", async () => {
    const { url, rootToken } = double.gitlab;
    log.length = 0;
    await fetch(`${url}/api/v4/users?private_token=${rootToken}&username=root`);
    await vi.waitFor(() => {
      expect(log.join("\n")).toMatch(/ GET \/api\/v4\/users\?private_token&username 200$/);
    }, 30_000);
    expect(log.join("\n")).not.toContain(rootToken);
  });

  it("goes on where it was when it is started again", async () => {
    await double.make("POST", "/users", {
      email: "c@example.com",
      name: "C",
      username: "carol",
      password: "a long one",
    });
    const again = await startGitLab({ folder: double.gitlab.folder });
    try {
      expect(again.rootToken).toBe(double.gitlab.rootToken);
      expect(again.context.store.users.find(({ username }) => username === "carol")).toBeDefined();
    } finally {
      await again.close();
    }
  });

  it("is out of order for as long as a test wants", async () => {
    const { paths } = double.gitlab.context;
    setOutage(paths, { all: "bad gateway" });
    expect((await double.call("GET", "/user")).status).toBe(502);
    setOutage(paths, { all: "cut off" });
    await expect(double.call("GET", "/user")).rejects.toThrow();
    setOutage(paths, { routes: [{ method: "GET", path: "/version$", status: 503 }] });
    expect((await double.call("GET", "/version")).status).toBe(503);
    expect((await double.call("GET", "/user")).status).toBe(200);
    setOutage(paths);
    expect((await double.call("GET", "/version")).status).toBe(200);
  });
});
