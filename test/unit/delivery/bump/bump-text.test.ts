import { describe, expect, it } from "vitest";
import { bumped, digest, DIGEST, holds, OLD, tag } from "./support/bumped";

describe("factory bump in a kustomization", () => {
  const entry = (...lines: string[]) => `images:\n  - ${lines.join("\n    ")}\nresources: []\n`;
  holds("kustomization.yaml", [
    [
      "newTag",
      entry("name: shop", "newTag: 1.0.0 # now"),
      tag("shop", "1.1.0"),
      entry("name: shop", "newTag: 1.1.0 # now"),
    ],
    [
      "newTag in its quotes",
      entry("newTag: '1.0'", "name: a/b"),
      tag("a/b", "1.1"),
      entry("newTag: '1.1'", "name: a/b"),
    ],
    [
      "an entry that is found by its newName",
      entry("name: shop", "newName: r.example/shop", 'newTag: "1"'),
      tag("r.example/shop", "2"),
      entry("name: shop", "newName: r.example/shop", 'newTag: "2"'),
    ],
    [
      "a short name of Docker Hub",
      entry("name: nginx", "newTag: a"),
      tag("docker.io/library/nginx", "b"),
      entry("name: nginx", "newTag: b"),
    ],
    ["a missing tag", entry("name: shop # ours"), tag("shop", "v1"), entry("name: shop # ours", "newTag: v1")],
    ["a missing tag in braces", "images: [{ name: shop }]", tag("shop", "v1"), "images: [{ name: shop, newTag: v1 }]"],
    ["a digest's place to a tag", entry("name: s", `digest: ${OLD}`), tag("s", "v1"), entry("name: s", "newTag: v1")],
    ["a tag's place to a digest", entry("name: s", "newTag: v1"), digest("s"), entry("name: s", `digest: ${DIGEST}`)],
    [
      "a tag, and takes the digest out that would win over it",
      entry("name: s", "newTag: v1", `digest: ${OLD}`),
      tag("s", "v1"),
      entry("name: s", "newTag: v1"),
    ],
    [
      "a tag, and keeps the comment of a digest that goes first",
      entry(`digest: ${OLD} # why`, "name: s", "newTag: v1"),
      tag("s", "v2"),
      entry("# why", "name: s", "newTag: v2"),
    ],
    [
      "valuesInline of a chart",
      "helmCharts:\n- valuesInline:\n    image: {repository: s, tag: a}\n",
      tag("s", "b"),
      "helmCharts:\n- valuesInline:\n    image: {repository: s, tag: b}\n",
    ],
  ]);

  it("is known by its apiVersion too", () => {
    const text = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nimages:\n- name: s\n  newTag: a\n";
    expect(bumped("dev.yaml", text, tag("s", "b")).text).toBe(text.replace("newTag: a", "newTag: b"));
  });
});

describe("factory bump in a chart's values", () => {
  holds("values.yaml", [
    [
      "repository and tag",
      "image:\n  repository: r.example/s\n  tag: a\n",
      tag("r.example/s", "b"),
      "image:\n  repository: r.example/s\n  tag: b\n",
    ],
    [
      "an image behind a registry",
      "image: {registry: r.example, repository: s, tag: a}",
      tag("r.example/s", "b"),
      "image: {registry: r.example, repository: s, tag: b}",
    ],
    [
      "an image behind the global registry",
      "global: {imageRegistry: g.example}\nweb: {image: {repository: s, tag: a}}",
      tag("g.example/s", "b"),
      "global: {imageRegistry: g.example}\nweb: {image: {repository: s, tag: b}}",
    ],
    [
      "image: name:tag",
      "image: 'r.example:5000/s:a' # x\n",
      tag("r.example:5000/s", "b"),
      "image: 'r.example:5000/s:b' # x\n",
    ],
    ["image: name without a tag", "image: s\n", tag("s", "b"), "image: s:b\n"],
    [
      "an entry of a list",
      "sidecars:\n- image: a:1\n- image: b:1\n",
      tag("b", "2"),
      "sidecars:\n- image: a:1\n- image: b:2\n",
    ],
    [
      "image beside tag",
      "controller:\n  image:\n    image: ingress/c\n    tag: v1\n",
      tag("ingress/c", "v2"),
      "controller:\n  image:\n    image: ingress/c\n    tag: v2\n",
    ],
    ["imageTag beside image", "image: s\nimageTag: v1\n", tag("s", "v2"), "image: s\nimageTag: v2\n"],
    [
      "workerImageTag beside workerImageRepository",
      "workerImageRepository: s\nworkerImageTag: v1\n",
      tag("s", "v2"),
      "workerImageRepository: s\nworkerImageTag: v2\n",
    ],
    ["an empty tag", 'image:\n  repository: s\n  tag: ""\n', tag("s", "b"), 'image:\n  repository: s\n  tag: "b"\n'],
    [
      "a tag without value",
      "image:\n  tag: # none\n  repository: s\n",
      tag("s", "b"),
      "image:\n  tag: b # none\n  repository: s\n",
    ],
    [
      "a missing tag beside a repository",
      "image:\r\n  repository: s\r\n",
      tag("s", "b"),
      "image:\r\n  repository: s\r\n  tag: b\r\n",
    ],
    [
      "a tag that would be a number, in quotes",
      "image: {repository: s, tag: v1}",
      tag("s", "1.10"),
      'image: {repository: s, tag: "1.10"}',
    ],
    [
      "a short commit id that would be a number",
      "image: {repository: s, tag: v1}",
      tag("s", "12e4567"),
      'image: {repository: s, tag: "12e4567"}',
    ],
    [
      "a tag that YAML read as another number",
      "image: {repository: s, tag: 1.10}",
      tag("s", "1.10"),
      'image: {repository: s, tag: "1.10"}',
    ],
    [
      "a digest",
      `image: {repository: s, tag: a, digest: ""}`,
      digest("s"),
      `image: {repository: s, tag: a, digest: "${DIGEST}"}`,
    ],
    [
      "a digest behind the tag",
      `image: {repository: s, tag: a@${OLD}}`,
      digest("s"),
      `image: {repository: s, tag: a@${DIGEST}}`,
    ],
    [
      "a tag, and empties the digest that would win over it",
      `image: {repository: s, tag: a, digest: ${OLD}}`,
      tag("s", "a"),
      'image: {repository: s, tag: a, digest: ""}',
    ],
    ["a lone tag by its path", "image:\n  tag: a\n", tag("s", "b", "image.tag"), "image:\n  tag: b\n"],
    [
      "a lone tag by its owner's path",
      "web:\n  image:\n    tag: a\n",
      tag(undefined, "b", "web.image"),
      "web:\n  image:\n    tag: b\n",
    ],
    [
      "an image under an unknown key by its path",
      "x: [{runner: 's:a'}]",
      tag("s", "b", "x[0].runner"),
      "x: [{runner: 's:b'}]",
    ],
    [
      "several places by several paths",
      "a: {image: s:1}\nb: {image: s:1}\nc: {image: s:1}\n",
      tag("s", "2", "a.image", "b.image"),
      "a: {image: s:2}\nb: {image: s:2}\nc: {image: s:1}\n",
    ],
    [
      "a name that an alias gives",
      "n: &n s\nimage: {repository: *n, tag: a}\n",
      tag("s", "b"),
      "n: &n s\nimage: {repository: *n, tag: b}\n",
    ],
    [
      "an anchor that nothing repeats, which stays",
      "image: {repository: s, tag: &t a}\n",
      tag("s", "b"),
      "image: {repository: s, tag: &t b}\n",
    ],
    [
      "a shared anchor that is chosen by its path",
      "a: {image: &i s:1}\nb: {image: *i}\n",
      tag("s", "2", "a.image"),
      "a: {image: &i s:2}\nb: {image: *i}\n",
    ],
  ]);
});
