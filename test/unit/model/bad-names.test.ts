import { describe, expect, it } from "vitest";
import { load, problemOf, problemsOf, SHOP, workspace } from "./workspace";

/** One catalogue file for each `organisation/project`, with repositories of these names. */
function projects(...entries: readonly (readonly [string, ...string[]])[]): Record<string, string> {
  return Object.fromEntries(
    entries.map(([path, ...repositories]) => {
      const [organisation = "", name = ""] = path.split("/");
      const list = repositories.map(
        (repository) =>
          `  - { name: ${repository}, url: "https://git.example/${name}/${repository}.git", kind: manifests }`,
      );
      return [
        `catalog/${path}.yaml`,
        `organisation: ${organisation}\nname: ${name}\nenvironments: [dev]\nrepositories:\n${list.join("\n")}\n`,
      ];
    }),
  );
}

describe("names are refused", () => {
  it("when two projects would have the same namespace, naming both files", () => {
    const problems = problemsOf(workspace(projects(["a-b/c", "one"], ["a/b-c", "two"])));
    expect(problems).toMatchObject([
      {
        file: "catalog/a-b/c.yaml",
        path: "name",
        value: "a-b-c-dev-6293",
        message: "the namespace of dev would have the same name as one of catalog/a/b-c.yaml",
      },
    ]);
  });

  it("when two Applications would have the same name though their namespaces differ", () => {
    const problems = problemsOf(workspace(projects(["a/b", "x-dev-web"], ["a/b-dev-x", "web"])));
    expect(problems).toMatchObject([
      {
        file: "catalog/a/b-dev-x.yaml",
        path: "repositories[0].name",
        value: "a-b-dev-x-dev-web-6293",
        message: "the Application of dev would have the same name as one of catalog/a/b.yaml",
      },
    ]);
  });

  it("when the namespace is too long, with the number of characters", () => {
    const name = "x".repeat(60);
    expect(problemsOf(workspace(projects([`acme/${name}`, "deploy"])))).toMatchObject([
      {
        path: "name",
        message: "the name of the namespace of dev has 74 characters, 11 too many",
        fix: "shorten organisation, project by 11 characters",
      },
      { path: "repositories[0].name", message: "the name of the Application of dev has 81 characters, 18 too many" },
    ]);
  });

  it("when only the Application's name is too long", () => {
    expect(problemOf(projects([`acme/${"x".repeat(48)}`, "deploy"]))).toMatchObject({
      path: "repositories[0].name",
      fix: "shorten organisation, project or repository by 6 characters",
    });
  });

  it("for an environment that this stack is not, too", () => {
    const text = SHOP.replace("name: shop", `name: ${"x".repeat(42)}`);
    const problem = problemOf({
      [`catalog/acme/${"x".repeat(42)}.yaml`]: text,
    });
    expect(problem.message).toContain("the Application of staging");
  });

  it("when the namespace would belong to Kubernetes", () => {
    expect(problemOf(projects(["kube-system/x", "deploy"]))).toMatchObject({
      path: "organisation",
      message: expect.stringContaining("kube-system-x-dev-6293") as string,
    });
  });

  it("when the namespace would be Argo CD's own", () => {
    const config = { "Pulumi.dev.yaml": "config:\n  gitops-factory:argocd: { namespace: acme-shop-dev-6293 }\n" };
    expect(problemOf(config)).toMatchObject({ file: "catalog/acme/shop.yaml", path: "organisation" });
  });

  it.each([
    ["mirror", "choose another name"],
    ["infra-apps", "choose another name"],
    ["infra-observability", "choose another name"],
    ["x", "lengthen it by 1 character"],
    ["x".repeat(21), "shorten it by 1 character"],
    ["Deploy", 'write "deploy"'],
    ["-deploy", "use such characters only"],
  ])("for the repository %s", (name, fix) => {
    expect(problemOf(projects(["acme/shop", name]))).toMatchObject({ path: "repositories[0].name", value: name, fix });
  });

  it.each([
    ["Acme", 'write "acme"'],
    ["a_b", 'write "a-b"'],
    ["acme-", "use such characters only"],
  ])("for the organisation %s", (organisation, fix) => {
    expect(problemOf(projects([`${organisation}/x`, "deploy"]))).toMatchObject({ path: "organisation", fix });
  });

  it("when a repository stands twice in a project", () => {
    expect(problemsOf(workspace(projects(["acme/shop", "deploy", "deploy"])))).toMatchObject([
      { path: "repositories[1].name", message: "repositories[0] has the same name" },
      { path: "repositories[1].url", message: expect.stringContaining("the same folder") as string },
    ]);
  });

  it("when two repositories are one folder of one repository in two spellings", () => {
    const text = `${SHOP}  - { name: again, url: "https://GIT.acme.example/shop/deploy/", kind: manifests }\n`;
    expect(problemOf({ "catalog/acme/shop.yaml": text }).path).toBe("repositories[1].url");
  });

  it("not when two repositories are two folders of one repository", () => {
    const text = `${SHOP}  - { name: again, url: "https://git.acme.example/shop/deploy.git", path: b, kind: manifests }\n`;
    const { platform } = load({ "catalog/acme/shop.yaml": text });
    expect(platform.projects[0]?.repositories).toHaveLength(2);
  });
});
