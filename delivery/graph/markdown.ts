import { markdown as text } from "./escape";
import type { FactoryGraph, GraphOrganisation, GraphProject } from "./graph";
import { fitsOneDiagram, renderMermaid } from "./mermaid";
import type { MermaidLimits } from "./mermaid";
import { descriptionOf, sizeInWords, titleOf } from "./wording";

/**
 * The graph as a Markdown document with a Mermaid diagram for each organisation, which GitLab and GitHub draw. An
 * organisation that is too large for one diagram has several, each with some of its projects.
 *
 * @param limits what one diagram may have. Default: what Mermaid draws
 */
export function renderMarkdown(graph: FactoryGraph, limits?: MermaidLimits): string {
  const sections = graph.organisations.map((organisation) => section(graph, organisation, limits));
  return [`# ${text(titleOf(graph))}\n\n${text(descriptionOf(graph))}\n`, ...sections].join("\n");
}

function section(graph: FactoryGraph, organisation: GraphOrganisation, limits?: MermaidLimits): string {
  const parts = partsOf(graph, organisation, limits);
  const diagrams = parts.map((part, index) => {
    const place = parts.length === 1 ? "" : `Part ${String(index + 1)} of ${String(parts.length)}:\n\n`;
    const one = { ...graph, organisations: [{ ...organisation, projects: part }] };
    return `${place}\`\`\`mermaid\n${renderMermaid(one, limits).text}\`\`\`\n`;
  });
  return [`## ${text(organisation.name)}\n\n${text(sizeInWords([organisation]))}.\n`, ...diagrams].join("\n");
}

/** The projects in their order, divided so that a diagram shows all of each part. */
function partsOf(graph: FactoryGraph, { name, projects }: GraphOrganisation, limits?: MermaidLimits): GraphProject[][] {
  const parts: GraphProject[][] = [];
  for (const project of projects) {
    const current = parts.at(-1);
    const grown = [...(current ?? []), project];
    const isRoom = current && fitsOneDiagram({ ...graph, organisations: [{ name, projects: grown }] }, limits);
    if (isRoom) current.push(project);
    else parts.push([project]);
  }
  return parts;
}
