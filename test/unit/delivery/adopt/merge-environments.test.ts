import { describe, expect, it } from "vitest";
import { mergeEnvironments } from "../../../../delivery/adopt/merge-environments";
import type { AdoptedEnvironment } from "../../../../delivery/adopt/merge-environments";
import { Notes } from "../../../../delivery/adopt/note";

const BASE = { name: "deploy", kind: "kustomize", url: "https://git.example/deploy.git" } as const;

function environment(name: string, repository: object, settings: object = {}): AdoptedEnvironment {
  return { environment: name, names: {}, settings: { ...settings }, repositories: [{ ...BASE, ...repository }] };
}

function merged(...environments: readonly AdoptedEnvironment[]) {
  const notes = new Notes("catalogue acme/shop", "");
  const content = mergeEnvironments({ organisation: "acme", name: "shop" }, environments, notes);
  return { content, repository: (content["repositories"] as object[])[0], notes: notes.all };
}

describe("One project in several environments", () => {
  it("says once what is the same in all", () => {
    const { content } = merged(
      environment("dev", { path: "a" }, { podSecurity: "baseline" }),
      environment("prod", { path: "a" }, { podSecurity: "baseline" }),
    );
    expect(content).toEqual({
      organisation: "acme",
      name: "shop",
      environments: ["dev", "prod"],
      podSecurity: "baseline",
      repositories: [{ ...BASE, path: "a" }],
    });
  });

  it("writes the environment's name as the catalogue's placeholder", () => {
    const { repository } = merged(
      environment("dev", { path: "overlays/dev" }),
      environment("prod", { path: "overlays/prod" }),
    );
    expect(repository).toEqual({ ...BASE, path: "overlays/<env>" });
  });

  it("says in an environment what is different there, the default too", () => {
    const { content, repository } = merged(
      environment("dev", {}, { quota: { cpu: "4" } }),
      environment("prod", { revision: "v1", autosync: false, applicationName: "old" }),
    );
    expect(content["environments"]).toEqual({ dev: { quota: { cpu: "4" } }, prod: null });
    expect(repository).toEqual({
      ...BASE,
      environments: { prod: { revision: "v1", autosync: false, applicationName: "old" } },
    });
  });

  it("tells what cannot differ, and which word counts", () => {
    const { repository, notes } = merged(environment("dev", { prune: false }), environment("prod", {}));
    expect(repository).toMatchObject({ prune: false });
    expect(notes).toMatchObject([{ path: "repositories: deploy: prune", effect: "all get what dev has" }]);
  });

  it("gives no group a right in an environment where it had none", () => {
    const groups = (read: readonly string[]) => ({ groups: { read, write: [] } });
    const { content } = merged(environment("dev", {}, groups(["a", "b"])), environment("prod", {}, groups(["b"])));
    expect(content["groups"]).toEqual({ read: ["b"] });
  });

  it("tells of a repository that an environment did not have", () => {
    const { notes } = merged(environment("dev", {}), { ...environment("prod", {}), repositories: [] });
    expect(notes).toMatchObject([{ path: "repositories: deploy", value: "prod" }]);
  });
});
