import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Double } from "./support/double";

let double: Double;
let group: { readonly id: number };

beforeAll(async () => {
  double = await Double.start();
  group = await double.make("POST", "/groups", { name: "Shop", path: "shop" });
});

afterAll(() => double.stop());

interface Project {
  readonly id: number;
  readonly path: string;
  readonly path_with_namespace: string;
}

function makeProject(name: string, more: object = {}): Promise<Project> {
  return double.make<Project>("POST", "/projects", { name, namespace_id: group.id, ...more });
}

describe("a project of the double", () => {
  it("has a path made of its name, and its addresses", async () => {
    const project = await makeProject("My deployments");
    const { url } = double.gitlab;
    expect(project).toMatchObject({
      path: "my-deployments",
      path_with_namespace: "shop/my-deployments",
      name_with_namespace: "Shop / My deployments",
      default_branch: "main",
      empty_repo: true,
      visibility: "private",
      http_url_to_repo: `${url}/shop/my-deployments.git`,
      web_url: `${url}/shop/my-deployments`,
      namespace: { id: group.id, full_path: "shop", kind: "group" },
      _links: { self: `${url}/api/v4/projects/${String(project.id)}` },
    });
    expect((await double.call("GET", "/projects/shop%2Fmy-deployments")).body).toMatchObject({ id: project.id });
    expect((await double.call("GET", "/projects?search=deploym&membership=false")).body).toMatchObject([
      { id: project.id },
    ]);
  });

  it("begins with a README where that is asked for", async () => {
    expect(await makeProject("readme", { initialize_with_readme: true })).toMatchObject({ empty_repo: false });
  });

  it("is refused names that GitLab refuses", async () => {
    await makeProject("taken");
    expect(await double.call("POST", "/projects", { name: "taken", namespace_id: group.id })).toMatchObject({
      status: 400,
      body: {
        message: {
          name: ["has already been taken"],
          path: ["has already been taken"],
          "project_namespace.name": ["has already been taken"],
        },
      },
    });
    const { body } = await double.call<{ message: Record<string, string[]> }>("POST", "/projects", {
      name: "x",
      path: "-x",
      namespace_id: group.id,
    });
    expect(body.message["path"]).toEqual([
      "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.git' or end in '.atom'",
    ]);
    expect((await double.call("POST", "/projects", {})).body).toEqual({
      error: "name, path are missing, at least one parameter must be provided",
    });
    expect((await double.call("POST", "/projects", { name: "y", namespace_id: 4711 })).body).toEqual({
      message: { namespace: ["is not valid"] },
    });
  });

  it("is changed field by field", async () => {
    const { id } = await makeProject("changing", { ci_config_path: ".gitlab-ci-dso.yml" });
    const changed = await double.make("PUT", `/projects/${String(id)}`, { description: "d", merge_method: "ff" });
    expect(changed).toMatchObject({ description: "d", merge_method: "ff", ci_config_path: ".gitlab-ci-dso.yml" });
    expect(await double.make("POST", `/projects/${String(id)}/archive`)).toMatchObject({ archived: true });
    expect(await double.make("PUT", `/projects/${String(id)}`, { ci_config_path: null })).toMatchObject({
      ci_config_path: null,
    });
  });

  it("is still found by an old path, for reading alone", async () => {
    const { id } = await makeProject("before");
    await double.make("PUT", `/projects/${String(id)}`, { path: "after" });
    expect((await double.call("GET", "/projects/shop%2Fbefore")).body).toMatchObject({ id, path: "after" });
    const first = await fetch(`${double.gitlab.url}/api/v4/projects/shop%2Fbefore`, {
      headers: { "private-token": double.gitlab.rootToken },
      redirect: "manual",
    });
    const target = `${double.gitlab.url}/api/v4/projects/${String(id)}`;
    expect([first.status, first.headers.get("location")]).toEqual([301, target]);
    expect(await first.text()).toBe(`This resource has been moved permanently to ${target}`);
    expect(await double.call("PUT", "/projects/shop%2Fbefore", { description: "x" })).toMatchObject({
      status: 405,
      body: { message: "Non GET methods are not allowed for moved projects" },
    });
  });

  it("frees its path when its deletion is scheduled, and is removed for good with its full path", async () => {
    const { id } = await makeProject("leaving");
    expect((await double.call("DELETE", `/projects/${String(id)}`)).status).toBe(202);
    const path = `leaving-deletion_scheduled-${String(id)}`;
    expect((await double.call("GET", `/projects/${String(id)}`)).body).toMatchObject({ path, archived: true });
    expect((await makeProject("leaving")).path).toBe("leaving");
    const answer = await double.call(
      "DELETE",
      `/projects/${String(id)}?permanently_remove=true&full_path=${encodeURIComponent(`shop/${path}`)}`,
    );
    expect(answer.status).toBe(202);
    expect(await double.call("GET", `/projects/${String(id)}`)).toMatchObject({
      status: 404,
      body: { message: "404 Project Not Found" },
    });
  });

  it("moves into another group, and so do groups", async () => {
    const { id } = await makeProject("moving");
    const target = await double.make<{ id: number }>("POST", "/groups", { name: "Target", path: "target" });
    await double.make("PUT", `/projects/${String(id)}/transfer`, { namespace: target.id });
    expect((await double.call("GET", "/projects/target%2Fmoving")).body).toMatchObject({ id });
    const moved = await double.make("POST", `/groups/${String(target.id)}/transfer`, { group_id: group.id });
    expect(moved).toMatchObject({ full_path: "shop/target" });
    expect(await double.call("POST", `/groups/${String(group.id)}/transfer`, { group_id: target.id })).toMatchObject({
      status: 400,
      body: { message: "Transfer failed: Cannot transfer group to one of its subgroup." },
    });
  });

  it("is listed with those of subgroups where that is asked for", async () => {
    const top = await double.make<{ id: number }>("POST", "/groups", { name: "Top", path: "top" });
    const sub = await double.make<{ id: number }>("POST", "/groups", { name: "Sub", path: "sub", parent_id: top.id });
    const { id } = await double.make<Project>("POST", "/projects", { name: "inner", namespace_id: sub.id });
    expect((await double.call("GET", "/groups/top/projects")).body).toEqual([]);
    expect((await double.call("GET", "/groups/top/projects?include_subgroups=true")).body).toMatchObject([{ id }]);
  });

  it("keeps to keyset pages without numbers", async () => {
    const { headers, body } = await double.call<object[]>("GET", "/projects?pagination=keyset&order_by=id&per_page=1");
    expect(body).toHaveLength(1);
    expect(headers.get("x-total")).toBeNull();
    const next = /<([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1] ?? "";
    expect(new URL(next).pathname).toBe("/api/v4/projects");
  });
});
