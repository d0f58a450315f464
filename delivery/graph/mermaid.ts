import { plural } from "../../model/plural";
import { mermaidSentence as sentence, mermaid as text } from "./escape";
import type { FactoryGraph, GraphOrganisation } from "./graph";
import { statementsOf } from "./mermaid-nodes";
import type { Depth } from "./mermaid-nodes";
import { descriptionOf, sizeInWords, titleOf } from "./wording";

/**
 * What one diagram may have. Mermaid draws none with more than 500 edges or 50,000 characters (`maxEdges` and
 * `maxTextSize` of its configuration, which a diagram cannot change for itself).
 */
export interface MermaidLimits {
  readonly edges: number;
  readonly characters: number;
}

const LIMITS: MermaidLimits = { edges: 450, characters: 45_000 };

export interface MermaidDiagram {
  readonly text: string;
  /** What the diagram does not show, as it says itself; absent where it shows all. */
  readonly leftOut?: string;
}

/**
 * The graph as one flowchart of Mermaid. Where Mermaid would not draw the whole, it goes down to the projects only, or to
 * the organisations, and says so.
 */
export function renderMermaid(graph: FactoryGraph, limits: MermaidLimits = LIMITS): MermaidDiagram {
  const { organisations } = graph;
  const whole = draw(graph, "namespaces", organisations);
  if (fits(whole, limits)) return { text: whole.text };
  const size = sizeInWords(organisations);
  const shallow = [
    { depth: "projects", leftOut: `Applications and namespaces are left out: the whole is ${size}` },
    { depth: "organisations", leftOut: `projects are left out: the whole is ${size}` },
  ] as const;
  for (const { depth, leftOut } of shallow) {
    const diagram = draw(graph, depth, organisations, leftOut);
    if (fits(diagram, limits)) return { text: diagram.text, leftOut };
  }
  return firstOrganisations(graph, limits, size);
}

/** As many organisations as there is room for. */
function firstOrganisations(graph: FactoryGraph, limits: MermaidLimits, size: string): MermaidDiagram {
  const { organisations } = graph;
  for (let shown = organisations.length >> 1; ; shown >>= 1) {
    const missing = plural(organisations.length - shown, "organisation");
    const leftOut = `${missing} and all projects are left out: the whole is ${size}`;
    const diagram = draw(graph, "organisations", organisations.slice(0, shown), leftOut);
    if (fits(diagram, limits) || shown === 0) return { text: diagram.text, leftOut };
  }
}

interface Drawn {
  readonly text: string;
  readonly edges: number;
}

function fits({ text: drawn, edges }: Drawn, limits: MermaidLimits): boolean {
  return edges <= limits.edges && drawn.length <= limits.characters;
}

function draw(graph: FactoryGraph, depth: Depth, organisations: readonly GraphOrganisation[], leftOut?: string): Drawn {
  const { lines, edges } = statementsOf(organisations, depth);
  const isMarked = lines.some((line) => line.endsWith(":::production"));
  const all = [
    `accTitle: ${sentence(titleOf(graph))}`,
    `accDescr: ${sentence(descriptionOf(graph))}`,
    ...(organisations.length === 0 && leftOut === undefined ? ['nothing["There is no project"]'] : []),
    ...lines,
    ...(leftOut === undefined ? [] : [`note["${text(leftOut)}"]`]),
    ...(isMarked ? ["classDef production stroke-width:3px"] : []),
  ];
  return { text: `flowchart LR\n${all.map((line) => `  ${line}\n`).join("")}`, edges };
}

/** Whether one diagram shows all of these. */
export function fitsOneDiagram(graph: FactoryGraph, limits: MermaidLimits = LIMITS): boolean {
  return fits(draw(graph, "namespaces", graph.organisations), limits);
}
