import { plural } from "../../model/plural";
import type { GraphNamespace, GraphOrganisation, GraphProject } from "./graph";

export type Level = "organisation" | "project" | "application" | "namespace";

/** What a box says, over two lines. */
export interface Words {
  readonly level: Level;
  readonly lines: readonly [string, string];
  /** All that is known, in full length. */
  readonly tooltip: string;
  readonly production: boolean;
}

interface Node {
  readonly words: Words;
  /** In rows, from the top of the project. */
  readonly row: number;
}

/** A project with all that is in it: what stays together. */
export interface Block {
  readonly organisation: GraphOrganisation;
  readonly rows: number;
  readonly project: Words;
  readonly applications: readonly Node[];
  readonly namespaces: readonly Node[];
  /** From the row of an Application to that of its namespace. */
  readonly deploys: readonly (readonly [number, number])[];
}

export function blockOf(organisation: GraphOrganisation, project: GraphProject): Block {
  const applications: Node[] = [];
  const namespaces: Node[] = [];
  const deploys: [number, number][] = [];
  for (const namespace of project.namespaces) {
    const first = applications.length;
    namespaces.push({ words: wordsOfNamespace(namespace), row: first });
    for (const application of namespace.applications) {
      deploys.push([applications.length, first]);
      const { name, repository, revision, path, url, kind } = application;
      applications.push({
        row: applications.length,
        words: {
          level: "application",
          lines: [name, `${repository} at ${revision}`],
          tooltip: `Application ${name}\n${kind} from ${url}\npath ${path}, revision ${revision}`,
          production: namespace.production,
        },
      });
    }
  }
  const environments = project.namespaces.map(({ environment }) => environment).join(", ");
  return {
    organisation,
    rows: Math.max(1, applications.length),
    project: {
      level: "project",
      lines: [project.name, environments],
      tooltip: [`project ${organisation.name}/${project.name}`, project.description ?? "", `in ${environments}`]
        .filter((line) => line !== "")
        .join("\n"),
      production: false,
    },
    applications,
    namespaces,
    deploys,
  };
}

function wordsOfNamespace({ name, stack, environment, cluster, production }: GraphNamespace): Words {
  return {
    level: "namespace",
    lines: [name, `${environment} on ${cluster}`],
    tooltip: `namespace ${name}\nenvironment ${environment}, stack ${stack}\ncluster ${cluster}`,
    production,
  };
}

export function wordsOfOrganisation({ name, projects }: GraphOrganisation, continued: boolean): Words {
  const amount = plural(projects.length, "project");
  return {
    level: "organisation",
    lines: [name, continued ? "continued" : amount],
    tooltip: `organisation ${name}\n${amount}`,
    production: false,
  };
}
