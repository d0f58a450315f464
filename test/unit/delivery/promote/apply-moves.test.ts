import { describe, expect, it } from "vitest";
import { applyMoves } from "../../../../delivery/promote/apply-moves";
import type { Move } from "../../../../delivery/promote/move";

const FILE = "catalog/acme/shop.yaml";

function revision(repository: string, after: string): Move {
  return { file: FILE, project: "acme/shop", repository, kind: "revision", name: "", before: "v1.4.0", after };
}

function project(environments: string, ...repositories: string[]): string {
  return [
    "# The shop",
    "organisation: acme",
    "name: shop",
    `environments: ${environments}`,
    "repositories:",
    ...repositories.map((lines) => `  - ${lines}`),
    "",
  ].join("\n");
}

const git = (name: string, more = ""): string =>
  `{ name: ${name}, url: https://git.acme.example/${name}.git, kind: kustomize${more} }`;
const NOW = new Map([
  ["api", "v1.4.0"],
  ["front", "v1.4.0"],
]);
const step = { from: "staging", to: "prod", now: NOW };

describe("A revision is written", () => {
  it("where the environment says it for all its repositories, as long as they agree", () => {
    const before = project("{ staging: { revision: v1.5.0 }, prod: { revision: v1.4.0 } }", git("api"), git("front"));
    const moves = [revision("api", "v1.5.0"), revision("front", "v1.5.0")];
    expect(applyMoves(FILE, before, moves, step)).toBe(
      before.replace("prod: { revision: v1.4.0", "prod: { revision: v1.5.0"),
    );
  });

  it("beside the repository where another one stays behind", () => {
    const before = project("{ staging: { revision: v1.5.0 }, prod: { revision: v1.4.0 } }", git("api"), git("front"));
    expect(applyMoves(FILE, before, [revision("api", "v1.5.0")], step)).toBe(
      before.replace(
        "api.git, kind: kustomize",
        "api.git, kind: kustomize, environments: { prod: { revision: v1.5.0 } }",
      ),
    );
  });

  it("as the environment before says it, where this one says nothing yet", () => {
    const before = project("{ staging: { revision: v1.5.0 }, prod: }", git("api"));
    expect(applyMoves(FILE, before, [revision("api", "v1.5.0")], step)).toBe(
      before.replace("prod: }", "prod: { revision: v1.5.0 } }"),
    );
  });

  it("beside the repository where the environments are a list, or it has one of its own", () => {
    const list = project("[staging, prod]", git("api", ", revision: v1.4.0"));
    expect(applyMoves(FILE, list, [revision("api", "v1.5.0")], step)).toContain(
      "revision: v1.4.0, environments: { prod: { revision: v1.5.0 } } }",
    );
    const own = project(
      "{ staging: , prod: { revision: v9 } }",
      git("api", ", environments: { prod: { revision: v1.4.0 } }"),
    );
    expect(applyMoves(FILE, own, [revision("api", "v1.5.0")], step)).toBe(own.replace("v1.4.0", "v1.5.0"));
  });
});

describe("Versions of images are written", () => {
  const image = (name: string, after: string): Move => ({ ...revision("api", after), kind: "image", name });

  it("for this environment alone, under the name that it gives the image", () => {
    const before = project("[staging, prod]", git("api", ", images: [nginx=harbor.example/nginx:1.29.1, redis:7]"));
    expect(applyMoves(FILE, before, [image("nginx", "1.30.0"), image("redis", "8")], step)).toBe(
      before.replace(
        "redis:7]",
        "redis:7], environments: { prod: { images: [nginx=harbor.example/nginx:1.30.0, redis:8] } }",
      ),
    );
  });

  it("in the place of the version that it has there", () => {
    const before = project("[staging, prod]", git("api", ", environments: { prod: { images: [a:1, prod/b=c:1] } }"));
    expect(applyMoves(FILE, before, [image("prod/b", "2")], step)).toBe(before.replace("c:1", "c:2"));
  });

  it("as parameters of a chart", () => {
    const chart = "{ name: api, url: https://git.acme.example/api.git, kind: helm }";
    const move: Move = { ...revision("api", "1.10"), kind: "parameter", name: "image.tag" };
    expect(applyMoves(FILE, project("[staging, prod]", chart), [move], step)).toContain(
      'kind: helm, environments: { prod: { parameters: { image.tag: "1.10" } } } }',
    );
  });
});

it("A file in which an alias stands for the environment is left to its writer", () => {
  const before = project("{ staging: &x { revision: v1.4.0 }, prod: *x }", git("api"));
  expect(() => applyMoves(FILE, before, [revision("api", "v1.5.0")], step)).toThrow(
    /catalog\/acme\/shop.yaml: environments.prod.revision: the value comes by an alias/,
  );
});
