import { dot as text } from "./escape";
import type { FactoryGraph, GraphProject } from "./graph";
import { titleOf } from "./wording";

/** The graph in the DOT language, for Graphviz: `factory graph --format dot | dot -Tpdf`. */
export function renderDot(graph: FactoryGraph): string {
  const clusters = new Map<string, readonly [string, string]>();
  const statements = graph.organisations.flatMap(({ name, projects }) => [
    node(["organisation", name], [name], "style=rounded"),
    ...projects.flatMap((project) => [
      node(["project", name, project.name], [project.name]),
      edge(["organisation", name], ["project", name, project.name]),
      ...statementsOf(name, project, clusters),
    ]),
  ]);
  const servers = [...clusters.values()].map(([stack, cluster]) =>
    node(["cluster", stack, cluster], [cluster, `of ${stack}`], "shape=cylinder"),
  );
  const head = ["rankdir=LR", "node [shape=box, fontname=monospace]", `label="${text(titleOf(graph))}"`];
  return `digraph factory {\n${[...head, ...statements, ...servers].map((line) => `  ${line};\n`).join("")}}\n`;
}

function statementsOf(
  organisation: string,
  project: GraphProject,
  clusters: Map<string, readonly [string, string]>,
): string[] {
  return project.namespaces.flatMap(({ name, stack, environment, production, cluster, applications }) => {
    const mark = production ? "penwidth=2" : undefined;
    const namespace = ["namespace", stack, name];
    clusters.set(`${stack} ${cluster}`, [stack, cluster]);
    return [
      ...applications.flatMap((application) => {
        const id = ["application", stack, application.name];
        const { repository, revision } = application;
        return [
          node(id, [application.name, `${repository} at ${revision}`], mark),
          edge(["project", organisation, project.name], id),
          edge(id, namespace),
        ];
      }),
      node(namespace, [name, environment], mark),
      edge(namespace, ["cluster", stack, cluster]),
    ];
  });
}

/** Nodes are named by what they are, so that a reader of the text finds his way. */
function id(parts: readonly string[]): string {
  return `"${text(parts.join(" "))}"`;
}

function node(parts: readonly string[], lines: readonly string[], attributes?: string): string {
  const label = `label="${lines.map(text).join("\\n")}"`;
  return `${id(parts)} [${[label, ...(attributes === undefined ? [] : [attributes])].join(", ")}]`;
}

function edge(from: readonly string[], to: readonly string[]): string {
  return `${id(from)} -> ${id(to)}`;
}
