import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Double } from "../../unit/lab/gitlab/support/double";

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly ref: string; readonly commits: unknown[]; readonly project: { readonly id: number } };
}

let double: Double;
let sink: Server;
let target: string;
const received: Received[] = [];

beforeAll(async () => {
  double = await Double.start();
  sink = createServer((request, response) => {
    let text = "";
    request.on("data", (part) => (text += String(part)));
    request.on("end", () => {
      received.push({ headers: request.headers, body: JSON.parse(text) as Received["body"] });
      response.writeHead(request.url === "/fails" ? 500 : 200).end("heard");
    });
  });
  await new Promise<void>((resolve) => sink.listen(0, "127.0.0.1", resolve));
  target = `http://127.0.0.1:${String((sink.address() as AddressInfo).port)}`;
});

afterAll(async () => {
  await double.stop();
  sink.close();
});

async function makeProject(name: string): Promise<string> {
  const { id } = await double.make<{ id: number }>("POST", "/projects", { name, initialize_with_readme: true });
  return `/projects/${String(id)}`;
}

function commit(project: string, branch: string, path: string): Promise<object> {
  const actions = [{ action: "create", file_path: path, content: "x" }];
  return double.make("POST", `${project}/repository/commits`, {
    branch,
    ...(branch !== "main" && { start_branch: "main" }),
    commit_message: path,
    actions,
  });
}

describe("a hook of the double", () => {
  it("is told of a push with its token, which nobody is told", async () => {
    const project = await makeProject("told");
    const hook = await double.make<{ id: number }>("POST", `${project}/hooks`, {
      url: `${target}/api/webhook`,
      token: "shared-secret",
      enable_ssl_verification: false,
    });
    expect(hook).toMatchObject({ push_events: true, tag_push_events: false, enable_ssl_verification: false });
    expect(JSON.stringify(hook)).not.toContain("shared-secret");
    received.length = 0;
    await commit(project, "main", "a.txt");
    await vi.waitFor(() => {
      expect(received).toHaveLength(1);
    }, 30_000);
    expect(received[0]).toMatchObject({
      headers: { "x-gitlab-event": "Push Hook", "x-gitlab-token": "shared-secret" },
      body: { ref: "refs/heads/main", object_kind: "push", project: { path_with_namespace: "root/told" } },
    });
    expect(received[0]?.body.commits).toHaveLength(1);
    const events = `${project}/hooks/${String(hook.id)}/events`;
    await vi.waitFor(async () => {
      expect((await double.call("GET", events)).body).toMatchObject([
        { trigger: "push_hooks", response_status: "200" },
      ]);
    }, 30_000);
    expect(JSON.stringify((await double.call("GET", events)).body)).not.toContain("shared-secret");
  });

  it("that nobody hears keeps nobody from pushing", async () => {
    const project = await makeProject("unheard");
    const { id } = await double.make<{ id: number }>("POST", `${project}/hooks`, {
      url: "http://127.0.0.1:1/x?token=s",
    });
    await commit(project, "main", "a.txt");
    await vi.waitFor(async () => {
      expect((await double.call("GET", `${project}/hooks/${String(id)}/events`)).body).toMatchObject([
        { response_status: "internal error", url: "http://127.0.0.1:1/x" },
      ]);
    }, 30_000);
  });

  it("is told only of the branches that it wants", async () => {
    const project = await makeProject("filtered");
    await double.make("POST", `${project}/hooks`, { url: target, push_events_branch_filter: "release/*" });
    received.length = 0;
    await commit(project, "main", "a.txt");
    await commit(project, "release/1", "b.txt");
    await vi.waitFor(() => {
      expect(received.map(({ body }) => body.ref)).toEqual(["refs/heads/release/1"]);
    }, 30_000);
  });

  it("is tested by a push that was none", async () => {
    const project = await makeProject("tested");
    const hook = await double.make<{ id: number }>("POST", `${project}/hooks`, { url: target });
    const test = `${project}/hooks/${String(hook.id)}/test/push_events`;
    expect(await double.call("POST", test)).toMatchObject({ status: 201, body: { message: "201 Created" } });
    await double.make("PUT", `${project}/hooks/${String(hook.id)}`, { url: `${target}/fails` });
    expect(await double.call("POST", test)).toMatchObject({ status: 422, body: { message: "heard" } });
  });

  it("is refused an address that is none", async () => {
    const project = await makeProject("refused");
    for (const url of ["nowhere", "ftp://example.com/x"]) {
      expect(await double.call("POST", `${project}/hooks`, { url })).toMatchObject({
        status: 422,
        body: { error: "Invalid url given" },
      });
    }
    expect((await double.call("POST", `${project}/hooks`, {})).body).toEqual({ error: "url is missing" });
  });
});

describe("the double's instance", () => {
  it("blocks local networks for hooks where its setting says so", async () => {
    const project = await makeProject("blocked");
    const allow = (allowed: boolean): Promise<object> =>
      double.make("PUT", "/application/settings", { allow_local_requests_from_web_hooks_and_services: allowed });
    const hook = await double.make<{ id: number }>("POST", `${project}/hooks`, { url: target });
    await allow(false);
    try {
      expect(await double.call("POST", `${project}/hooks`, { url: target })).toMatchObject({
        status: 422,
        body: { error: "Invalid url given" },
      });
      expect(await double.call("POST", `${project}/hooks/${String(hook.id)}/test/push_events`)).toMatchObject({
        status: 422,
        body: { message: `URL '${target}' is blocked: Requests to the local network are not allowed` },
      });
      expect((await double.call("POST", `${project}/hooks`, { url: "https://argocd.example/x" })).status).toBe(201);
    } finally {
      await allow(true);
    }
  });

  it("tells of pushes as activities of the project", async () => {
    const project = await makeProject("active");
    await commit(project, "main", "a.txt");
    expect((await double.call("GET", `${project}/events`)).body).toMatchObject([
      { action_name: "pushed to", push_data: { ref: "main" }, author_username: "root" },
      { action_name: "pushed new", push_data: { ref: "main", commit_from: null } },
    ]);
  });
});

describe("protected branches and tags of the double", () => {
  it("begin with the default branch, and are added by name or pattern", async () => {
    const project = await makeProject("protected");
    expect((await double.call("GET", `${project}/protected_branches`)).body).toMatchObject([
      { name: "main", push_access_levels: [{ access_level: 40, access_level_description: "Maintainers" }] },
    ]);
    const rule = { name: "release/*", push_access_level: 0, allowed_to_merge: [{ access_level: 30 }] };
    expect(await double.call("POST", `${project}/protected_branches`, rule)).toMatchObject({
      status: 201,
      body: { push_access_levels: [{ access_level: 0 }], merge_access_levels: [{ access_level: 30 }] },
    });
    expect(await double.call("POST", `${project}/protected_branches`, rule)).toMatchObject({
      status: 409,
      body: { message: "Protected branch 'release/*' already exists" },
    });
    const path = `${project}/protected_branches/release%2F*`;
    expect(await double.make("PATCH", path, { allow_force_push: true })).toMatchObject({ allow_force_push: true });
    expect((await double.call("DELETE", path)).status).toBe(204);
    expect((await double.call("GET", path)).status).toBe(404);
    expect(await double.make("POST", `${project}/protected_tags`, { name: "v*" })).toMatchObject({
      name: "v*",
      create_access_levels: [{ access_level: 40 }],
    });
  });
});
