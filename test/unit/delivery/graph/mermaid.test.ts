import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../../../delivery/graph/markdown";
import { renderMermaid } from "../../../../delivery/graph/mermaid";
import { graph, graphOfText, NASTY, organisation } from "./graphs";

const LABEL = `"(?:[A-Za-z0-9 ,:/@-]|\\.(?! )|#\\d+;|<br/>)*"`;

/** The statements of Mermaid's flowcharts that are used, and nothing else. */
const GRAMMAR = {
  node: new RegExp(`^ {2}(n\\d+)(?:\\[${LABEL}\\]|\\(\\[${LABEL}\\]\\)|\\[\\(${LABEL}\\)\\])(?::::production)?$`),
  edge: /^ {2}(n\d+) --> (n\d+)$/,
  other: new RegExp(
    `^ {2}(?:accTitle: [A-Za-z0-9 ,.:/@?-]+|accDescr: [A-Za-z0-9 :,.-]+|classDef production stroke-width:3px|(?:note|nothing)\\[${LABEL}\\])$`,
  ),
};

/** Reads a diagram as strictly as Mermaid does; throws on what is not in the grammar. */
function parse(text: string): { nodes: number; edges: number } {
  const [first, ...lines] = text.split("\n");
  expect(first).toBe("flowchart LR");
  expect(lines.pop()).toBe("");
  const nodes = new Set<string>();
  let edges = 0;
  for (const line of lines) {
    const node = GRAMMAR.node.exec(line)?.[1];
    const [, from, to] = GRAMMAR.edge.exec(line) ?? [];
    if (node !== undefined) {
      if (nodes.has(node)) throw new Error(`a second node ${node}`);
      nodes.add(node);
    } else if (from !== undefined && to !== undefined) {
      if (!nodes.has(from) || !nodes.has(to)) throw new Error(`an edge without its nodes: ${line}`);
      edges += 1;
    } else if (!GRAMMAR.other.test(line)) throw new Error(`not in the grammar: ${line}`);
  }
  return { nodes: nodes.size, edges };
}

describe("A graph in Mermaid", () => {
  it("has a node for each thing, and an edge from each to what is below it", () => {
    const { text, leftOut } = renderMermaid(graph(organisation("acme", 2)));
    expect(leftOut).toBeUndefined();
    // One organisation, 2 projects, 6 Applications, 4 namespaces, 2 clusters.
    expect(parse(text)).toEqual({ nodes: 15, edges: 2 + 6 + 6 + 4 });
    expect(text).toContain('["acme-p0-prod-deploy0-6293<br/>deploy0 at HEAD"]:::production');
    expect(text).toContain('[("in-cluster<br/>of prod")]');
  });

  it.each(NASTY)("takes %j for text", (text) => {
    const diagram = renderMermaid(graphOfText(text)).text;
    expect(parse(diagram)).toEqual({ nodes: 5, edges: 4 });
    expect(decoded(diagram)).toContain(text.replace(/\s+/g, " "));
  });

  it("says that there is no project", () => {
    expect(renderMermaid(graph()).text).toContain('nothing["There is no project"]');
    expect(parse(renderMermaid(graph()).text)).toEqual({ nodes: 0, edges: 0 });
  });

  it.each([
    ["projects", { edges: 30, characters: 5_000 }, 12, "Applications and namespaces are left out: the whole is"],
    ["organisations", { edges: 8, characters: 5_000 }, 2, "projects are left out: the whole is"],
  ])("goes down to %s where Mermaid would not draw the whole, and says so", (_, limits, nodes, leftOut) => {
    const diagram = renderMermaid(graph(organisation("acme", 5), organisation("globex", 5)), limits);
    expect(diagram.leftOut).toContain(leftOut);
    expect(parse(diagram.text).nodes).toBe(nodes);
    expect(diagram.text).toContain('note["');
    expect(decoded(diagram.text)).toContain(diagram.leftOut);
    expect(diagram.text.length).toBeLessThanOrEqual(limits.characters);
  });

  it("shows as many organisations as there is room for, and says how many it does not show", () => {
    const organisations = Array.from({ length: 40 }, (_, index) => organisation(`org${String(index)}`, 1));
    const { text, leftOut } = renderMermaid(graph(...organisations), { edges: 8, characters: 1_000 });
    expect(leftOut).toMatch(/^20 organisations and all projects are left out: the whole is 40 organisations, /);
    expect(parse(text).nodes).toBe(20);
    expect(text.length).toBeLessThanOrEqual(1_000);
  });

  it("stays within what Mermaid draws with 1,000 projects", () => {
    const organisations = Array.from({ length: 25 }, (_, index) => organisation(`org${String(index)}`, 40));
    const { text } = renderMermaid(graph(...organisations));
    expect(parse(text).edges).toBeLessThanOrEqual(500);
    expect(text.length).toBeLessThanOrEqual(50_000);
  });
});

describe("A graph in Markdown", () => {
  const diagrams = (text: string): string[] =>
    [...text.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(([, diagram = ""]) => diagram);

  it("has a diagram for each organisation", () => {
    const text = renderMarkdown(graph(organisation("acme", 2), organisation("globex", 1)));
    expect([...text.matchAll(/^#+ .*$/gm)].map(([heading]) => heading)).toEqual([
      "# The factory: dev, prod",
      "## acme",
      "## globex",
    ]);
    expect(diagrams(text).map((diagram) => parse(diagram).edges)).toEqual([18, 7]);
  });

  it("divides an organisation that is too large for one diagram, and leaves nothing out", () => {
    const text = renderMarkdown(graph(organisation("acme", 5)), { edges: 20, characters: 5_000 });
    expect(diagrams(text)).toHaveLength(3);
    expect(text).toContain("Part 3 of 3:");
    expect(text).not.toContain("left out");
    for (const index of [0, 1, 2, 3, 4]) expect(text).toContain(`acme-p${String(index)}-prod-6293`);
  });

  it.each(NASTY)("takes %j for text", (text) => {
    const written = renderMarkdown(graphOfText(text));
    expect(diagrams(written).map((diagram) => parse(diagram).edges)).toEqual([4]);
    expect(written.split("\n").filter((line) => line.startsWith("#"))).toHaveLength(2);
    expect(written.replace(/\\[!-~]/g, "")).not.toMatch(/<(?!br\/>)/);
  });
});

/** What a reader of the diagram sees. */
function decoded(text: string): string {
  return text.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
