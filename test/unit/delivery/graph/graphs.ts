import type { FactoryGraph, GraphNamespace, GraphOrganisation } from "../../../../delivery/graph/graph";

/** A namespace of the project with so many Applications. */
export function namespace(project: string, environment: string, applications = 1): GraphNamespace {
  return {
    name: `${project}-${environment}-6293`,
    stack: environment,
    environment,
    production: environment === "prod",
    cluster: "in-cluster",
    applications: Array.from({ length: applications }, (_, index) => ({
      name: `${project}-${environment}-deploy${String(index)}-6293`,
      repository: `deploy${String(index)}`,
      url: "https://git.acme.example/shop/deploy.git",
      revision: "HEAD",
      path: ".",
      kind: "kustomize",
    })),
  };
}

export function organisation(name: string, projects: number, environments = ["dev", "prod"]): GraphOrganisation {
  return {
    name,
    projects: Array.from({ length: projects }, (_, index) => ({
      name: `p${String(index)}`,
      namespaces: environments.map((environment) =>
        namespace(`${name}-p${String(index)}`, environment, 1 + (index % 2)),
      ),
    })),
  };
}

export function graph(...organisations: GraphOrganisation[]): FactoryGraph {
  const stacks = ["dev", "prod"].map((stack) => ({ stack, environment: stack }));
  return { stacks, organisations };
}

/** Texts that mean something to one of the formats, or to none of them. */
export const NASTY = [
  `"]; click n1 "javascript:alert(1)"`,
  "</title><script>alert(1)</script>",
  "%%{init: {'securityLevel': 'loose'}}%%",
  "`**bold** _it_`",
  "#quot; &amp; #35;",
  "1. a list",
  "two\nlines\r\nand a half",
  "back\\slash\\n",
  "\u0000\u001b[31m\ud800",
  "الإجراءات 🏛 日本",
  "```\n# heading",
];

/** A graph in which this text stands wherever a text may stand. */
export function graphOfText(text: string): FactoryGraph {
  const one = namespace("shop", "prod");
  const applications = one.applications.map((application) => ({
    ...application,
    name: text,
    repository: text,
    url: text,
    revision: text,
    path: text,
  }));
  const words = { name: text, environment: text, cluster: text };
  const projects = [{ name: text, description: text, namespaces: [{ ...one, ...words, applications }] }];
  return { stacks: [{ stack: text, environment: text }], organisations: [{ name: text, projects }] };
}
