import { plural } from "../../model/plural";
import { mermaid as text } from "./escape";
import type { GraphNamespace, GraphOrganisation } from "./graph";

/** How much a diagram shows of the graph: down to which level. */
export type Depth = "namespaces" | "projects" | "organisations";

/** The statements of one diagram, one a line. */
export interface Statements {
  readonly lines: readonly string[];
  readonly edges: number;
}

/** Writes nodes and edges; ids count up, so that the same graph gives the same text. */
class Statement {
  readonly lines: string[] = [];
  edges = 0;
  #nodes = 0;

  node(lines: readonly string[], shape: readonly [string, string] = ["[", "]"], production = false): string {
    const id = `n${String(++this.#nodes)}`;
    const label = `"${lines.map(text).join("<br/>")}"`;
    this.lines.push(`${id}${shape[0]}${label}${shape[1]}${production ? ":::production" : ""}`);
    return id;
  }

  edge(from: string, to: string): void {
    this.lines.push(`${from} --> ${to}`);
    this.edges += 1;
  }
}

export function statementsOf(organisations: readonly GraphOrganisation[], depth: Depth): Statements {
  const statement = new Statement();
  const clusters = new Map<string, string>();
  for (const { name, projects } of organisations) {
    const amount = depth === "organisations" ? [plural(projects.length, "project")] : [];
    const organisation = statement.node([name, ...amount], ["([", "])"]);
    if (depth === "organisations") continue;
    for (const { name: projectName, namespaces } of projects) {
      const size = depth === "projects" ? [sizeOfProject(namespaces)] : [];
      const project = statement.node([projectName, ...size]);
      statement.edge(organisation, project);
      if (depth === "projects") continue;
      for (const namespace of namespaces) drawNamespace(statement, project, namespace, clusters);
    }
  }
  return statement;
}

function sizeOfProject(namespaces: readonly GraphNamespace[]): string {
  const applications = namespaces.reduce((sum, namespace) => sum + namespace.applications.length, 0);
  return `${plural(applications, "Application")} in ${namespaces.map(({ environment }) => environment).join(", ")}`;
}

function drawNamespace(
  statement: Statement,
  project: string,
  { name, stack, environment, production, cluster, applications }: GraphNamespace,
  clusters: Map<string, string>,
): void {
  const drawn = applications.map((application) => {
    const { repository, revision } = application;
    return statement.node([application.name, `${repository} at ${revision}`], ["[", "]"], production);
  });
  const namespace = statement.node([name, environment], ["[", "]"], production);
  for (const application of drawn) {
    statement.edge(project, application);
    statement.edge(application, namespace);
  }
  const key = `${stack} ${cluster}`;
  const server = clusters.get(key) ?? statement.node([cluster, `of ${stack}`], ["[(", ")]"]);
  clusters.set(key, server);
  statement.edge(namespace, server);
}
