import { describe, expect, it } from "vitest";
import { renderDot } from "../../../../delivery/graph/dot";
import { renderHtml } from "../../../../delivery/graph/html";
import { BOX_HEIGHT, layoutOf } from "../../../../delivery/graph/layout";
import { renderSvg } from "../../../../delivery/graph/svg";
import { graph, graphOfText, namespace, NASTY, organisation } from "./graphs";

const many = graph(...Array.from({ length: 25 }, (_, index) => organisation(`org${String(index)}`, 40)));

describe("The layout of a graph", () => {
  it.each([
    ["two projects", graph(organisation("acme", 2))],
    ["1,000 projects", many],
  ])("puts no box of %s onto another, and all of them into the picture", (_, one) => {
    const { boxes, width, height } = layoutOf(one);
    const bottoms = new Map<number, number>();
    const wrong = [...boxes]
      .sort((a, b) => a.y - b.y)
      .filter(({ x, y, width: own }) => {
        const bottom = bottoms.get(x) ?? 0;
        bottoms.set(x, y + BOX_HEIGHT);
        return y < bottom || x <= 0 || x + own >= width || y + BOX_HEIGHT >= height;
      });
    expect(wrong).toEqual([]);
    expect(boxes.length).toBeGreaterThan(10);
  });

  it("ends each link at the edges of two boxes", () => {
    const { boxes, links } = layoutOf(many);
    const lefts = new Set(boxes.map(({ x, y }) => `${String(x)} ${String(y + BOX_HEIGHT / 2)}`));
    const rights = new Set(boxes.map(({ x, y, width }) => `${String(x + width)} ${String(y + BOX_HEIGHT / 2)}`));
    const wrong = links.filter(
      ({ from, turn, to }) =>
        !rights.has(`${String(from.x)} ${String(from.y)}`) ||
        !lefts.has(`${String(to.x)} ${String(to.y)}`) ||
        turn <= from.x ||
        turn >= to.x,
    );
    expect(wrong).toEqual([]);
  });

  it("reads few projects in one column, and wraps 1,000 into a picture that is wider than high", () => {
    const columns = (one: typeof many): number =>
      new Set(layoutOf(one).boxes.flatMap(({ level, x }) => (level === "project" ? [x] : []))).size;
    expect(columns(graph(organisation("acme", 8)))).toBe(1);
    expect(columns(many)).toBeGreaterThan(4);
    const { width, height } = layoutOf(many);
    expect(width / height).toBeGreaterThan(1);
    expect(width / height).toBeLessThan(2.5);
  });

  it("names an organisation again where it goes on in the next column", () => {
    const { boxes } = layoutOf(graph(organisation("acme", 200)));
    const heads = boxes.filter(({ level }) => level === "organisation");
    expect(heads.length).toBeGreaterThan(1);
    expect(heads.map(({ lines }) => lines)).toEqual(
      heads.map((_, index) => ["acme", index === 0 ? "200 projects" : "continued"]),
    );
  });

  it("keeps the beginning and the end of a name that is too long, and all of it for whoever points at it", () => {
    const long = { ...namespace("x".repeat(60), "dev") };
    const { boxes } = layoutOf(graph({ name: "acme", projects: [{ name: "shop", namespaces: [long] }] }));
    const box = boxes.find(({ level }) => level === "namespace");
    expect(box?.lines[0]).toBe(`${"x".repeat(24)}…${"x".repeat(14)}-dev-6293`);
    expect(box?.tooltip).toContain(long.name);
  });
});

/** The tags of a document, in order; throws where one is not closed, or a text is more than text. */
function tagsOf(text: string): string[] {
  const open: string[] = [];
  const tags: string[] = [];
  const rest = text.replace(
    /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?: [a-zA-Z0-9-]+="[^"<>]*")*)(\/?)>/g,
    (_, close: string, name: string, __, empty: string) => {
      tags.push(name);
      if (close !== "") expect(open.pop()).toBe(name);
      else if (empty === "" && name !== "meta") open.push(name);
      return "";
    },
  );
  expect(open).toEqual([]);
  expect(rest.replace("<!doctype html>", "")).not.toMatch(/[<]/);
  expect(rest).not.toMatch(/&(?!#\d+;)/);
  return tags;
}

describe("A graph in SVG", () => {
  const text = renderSvg(graph(organisation("acme", 2)));

  it("is well-formed, and has a name and a description for those who do not see it", () => {
    expect(tagsOf(text)).toContain("rect");
    expect(text).toContain('role="img" aria-labelledby="factory-graph-title factory-graph-description"');
    expect(text).toContain('<title id="factory-graph-title">The factory: dev, prod</title>');
    expect(text).toContain("1 organisation, 2 projects, 6 Applications, 4 namespaces.</desc>");
  });

  it("has colours for light and for dark screens", () => {
    expect(text).toContain("@media screen and (prefers-color-scheme:dark)");
  });

  it("marks production by more than a colour", () => {
    expect(text.match(/class="box namespace production"/g)).toHaveLength(2);
    expect(text).toContain("stroke-width:2");
    expect(text).toContain(">prod on in-cluster<");
  });

  it("says that there is no project", () => {
    expect(tagsOf(renderSvg(graph()))).toContain("svg");
    expect(renderSvg(graph())).toContain(">There is no project.</text>");
  });

  it.each(NASTY)("takes %j for text, alone and in a page", (nasty) => {
    expect(tagsOf(renderSvg(graphOfText(nasty)))).not.toContain("script");
    expect(tagsOf(renderHtml(graphOfText(nasty)))).not.toContain("script");
  });

  it("holds no character that XML does not allow", () => {
    const control = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;
    expect(NASTY.filter((nasty) => control.test(nasty))).toHaveLength(1);
    expect(NASTY.filter((nasty) => control.test(renderSvg(graphOfText(nasty))))).toEqual([]);
  });
});

describe("A graph in HTML", () => {
  it("holds the picture and the same as a list, and loads nothing", () => {
    const text = renderHtml(graph(organisation("acme", 1)));
    expect(text).toContain(renderSvg(graph(organisation("acme", 1))));
    expect(text).toContain("<li>namespace acme-p0-prod-6293: prod on in-cluster<ul>");
    expect(text).toContain("default-src 'none'");
    expect(tagsOf(text)).toContain("details");
    expect(text.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(/(?:src|href)=|url\(/);
  });
});

describe("A graph in the DOT language", () => {
  const STRING = String.raw`"(?:[^"\\\n]|\\["\\n])*"`;
  const STATEMENT = new RegExp(
    `^ {2}(?:rankdir=LR|node \\[shape=box, fontname=monospace\\]|label=${STRING}|${STRING} -> ${STRING}|` +
      `${STRING} \\[label=${STRING}(?:, (?:penwidth=2|style=rounded|shape=cylinder))?\\]);$`,
  );

  it.each(["acme", ...NASTY])("has statements of that language alone for %j", (nasty) => {
    const lines = renderDot(graphOfText(nasty)).split("\n");
    expect(lines.slice(0, 1)).toEqual(["digraph factory {"]);
    expect(lines.slice(-2)).toEqual(["}", ""]);
    expect(lines.slice(1, -2).filter((line) => !STATEMENT.test(line))).toEqual([]);
    expect(lines.filter((line) => line.includes(" -> "))).toHaveLength(4);
  });
});
