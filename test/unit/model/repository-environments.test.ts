import { describe, expect, it } from "vitest";
import { load, shop } from "./workspace";

/** The first source of the shop's repository in dev, from these lines of the repository. */
function source(kind: string, ...lines: string[]) {
  const repository = ["- name: deploy", "  url: https://git.acme.example/a.git", `  kind: ${kind}`];
  const text = [...repository, ...lines.map((line) => `  ${line}`)].map((line) => `  ${line}\n`).join("");
  return load(shop("", text)).platform.projects[0]?.repositories[0]?.sources[0];
}

describe("What an environment says of a repository", () => {
  it("puts its images in the place of the repository's of the same name", () => {
    const found = source(
      "kustomize",
      "images: [nginx=harbor.example:5000/nginx:1.29.1, redis:7]",
      'environments: { dev: { images: ["nginx:1.30.0", "shop@sha256:0b"] }, staging: { images: ["redis:8"] } }',
    );
    expect(found).toMatchObject({ images: ["nginx:1.30.0", "redis:7", "shop@sha256:0b"] });
  });

  it("outweighs its parameters key by key", () => {
    const found = source(
      "helm",
      "parameters: { image.tag: 1.0.0, replicas: 2 }",
      "environments: { dev: { parameters: { image.tag: 1.1.0 } } }",
    );
    expect(found).toMatchObject({ parameters: { "image.tag": "1.1.0", replicas: "2" } });
  });

  it("is of its kind: plain manifests have no images", () => {
    expect(() => source("manifests", "environments: { dev: { images: [a:1] } }")).toThrow(/images/);
  });
});
