import { describe, expect, it } from "vitest";
import { bumpText } from "../../../../delivery/bump/bump-text";
import { requestProblems, type Request } from "../../../../delivery/bump/wanted";
import { formatProblem } from "../../../../model/problem";

function refusal(text: string, request: Partial<Request>, file = "values.yaml"): string {
  const result = bumpText(file, text, { image: "s", paths: [], wanted: { tag: "2" }, ...request });
  return "edits" in result ? `not refused: ${result.text}` : result.map(formatProblem).join("\n");
}

describe("factory bump refuses in a file", () => {
  it("an image that is not there, and says which are", () => {
    expect(refusal("a: {image: r.example/shop:1}\nb: {image: nginx:1}\n", { image: "r.example/shpo" })).toBe(
      [
        "error: values.yaml: the image r.example/shpo is not in this file",
        "  found:   r.example/shop, nginx",
        "  allowed: an image's name as it stands in the file, without tag; the short names of Docker Hub match the long ones",
        '  fix:     did you mean "r.example/shop"?',
      ].join("\n"),
    );
  });

  it("an image at several places, with a path for each", () => {
    const text = "a: {image: s:1}\n---\nb: {repository: s, tag: 1}\n";
    expect(refusal(text, {})).toMatch(/s stands here at 2 places\n {2}found: {3}1:a\.image \(s\), 2:b\.tag \(s\)\n/);
    expect(refusal(text, {})).toMatch(/fix: {5}choose: --path '1:a\.image'$/);
  });

  it.each([
    [
      "a path where nothing is",
      ["a.imgae"],
      /no image and no tag is at this path\n.*\n.*\n.*did you mean --path 'a\.image'\?/,
    ],
    ["what is no path", ["a..b"], /this is no path\n {2}found: {3}a\.\.b/],
    ["the path of another image", ["b.image"], /another image is at this path\n.*\n.*this one is of t/],
  ])("%s", (_, paths, message) => {
    expect(refusal("a: {image: s:1}\nb: {image: t:1}\n", { paths })).toMatch(message);
  });

  it.each([
    ["broken YAML, with the place", "a: [\n", /values\.yaml:2:1: not valid YAML/],
    [
      "a chart's template",
      "image: s:1\n{{ if .x }}\na: b\n{{ end }}\n",
      /give the values file that holds the tag instead/,
    ],
    [
      "an anchor that repeats the value",
      "a: {image: &i s:1}\nb: {image: *i}\n",
      /1:\d+: a\.image: the anchor &i repeats this value at line 2/,
    ],
    ["an anchor above the value", "a: &a {image: s:1}\nb: *a\n", /the anchor &a repeats this value at line 2/],
    ["a tag that is an alias", "t: &t v1\nimage: {repository: s, tag: *t}\n", /image\.tag: the value is the alias \*t/],
    [
      "a tag that comes by a merge",
      "b: &b {tag: v1}\nimage: {<<: *b, repository: s}\n",
      /image\.tag: tag comes from an anchor by a merge/,
    ],
    ["a tag over several lines", "image:\n  repository: s\n  tag: |\n    v1\n", /goes over several lines/],
  ])("%s", (_, text, message) => {
    expect(refusal(text, {})).toMatch(message);
  });

  it("a digest where the chart reads none", () => {
    const digest = `sha256:${"a".repeat(64)}`;
    expect(refusal("image: {repository: s, tag: a}", { wanted: { digest } })).toMatch(
      /there is no digest beside the tag/,
    );
  });
});

describe("factory bump refuses in its call", () => {
  const problems = (request: Partial<Request>) =>
    requestProblems({ image: "s", paths: [], wanted: { tag: "2" }, ...request })
      .map(formatProblem)
      .join("\n");

  it.each([
    ["latest", { tag: "latest" }, /--tag: latest stays the same from build to build/],
    ["an empty tag", { tag: "" }, /the tag is empty\n.*\n.*\n {2}fix: .* variable/],
    ["a tag with a slash", { tag: "a/b" }, /this is no tag/],
    ["a tag that is too long", { tag: "a".repeat(129) }, /this is no tag/],
    ["a tag with a newline", { tag: "a\n" }, /this is no tag/],
    ["a digest as tag", { tag: `sha256:${"a".repeat(64)}` }, /write --digest sha256:a/],
    ["a reference as tag", { tag: "shop:1.2" }, /write --tag 1\.2/],
    ["a digest that is too short", { digest: "sha256:abc" }, /this is no digest/],
    ["a digest in capitals", { digest: `sha256:${"A".repeat(64)}` }, /this is no digest/],
  ])("%s", (_, wanted, message) => {
    expect(problems({ wanted })).toMatch(message);
  });

  it("an image with a tag, and an image that is none", () => {
    expect(problems({ image: "shop:1.2" })).toMatch(
      /comes with a version\n.*\n.*\n.*write --image shop, and --tag 1\.2/,
    );
    expect(problems({ image: "Shop Ltd" })).toMatch(/this is no image's name/);
  });

  it("nothing that is well written", () => {
    expect(problems({ image: "r.example:5000/a/b", wanted: { tag: "V1.0_x-2" } })).toBe("");
  });
});
