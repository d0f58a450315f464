import { environmentsBefore, isProduction } from "../../model/environment-order";
import type { Project, Repository } from "../../model/project";
import type { LoadedStack } from "../stacks";

/** What a factory consists of, from its organisations to the namespaces, over one or more stacks. */
export interface FactoryGraph {
  /** The stacks that were looked at, in the order in which a change passes their environments. */
  readonly stacks: readonly GraphStack[];
  /** By name. */
  readonly organisations: readonly GraphOrganisation[];
}

export interface GraphStack {
  readonly stack: string;
  readonly environment: string;
}

export interface GraphOrganisation {
  readonly name: string;
  /** By name. */
  readonly projects: readonly GraphProject[];
}

export interface GraphProject {
  readonly name: string;
  readonly description?: string;
  /** One for each stack that has the project, in the order of the stacks. */
  readonly namespaces: readonly GraphNamespace[];
}

/** The project in one environment. */
export interface GraphNamespace {
  readonly name: string;
  readonly stack: string;
  readonly environment: string;
  /** Called so, or with `deletion.protect`. */
  readonly production: boolean;
  /** `in-cluster` is the one that the stack's Argo CD runs in. */
  readonly cluster: string;
  /** What is deployed there, in the catalogue's order. */
  readonly applications: readonly GraphApplication[];
}

export interface GraphApplication {
  readonly name: string;
  /** The repository as the catalogue calls it. */
  readonly repository: string;
  readonly url: string;
  readonly revision: string;
  /** Folder, or the name of a chart in a Helm repository. */
  readonly path: string;
  readonly kind: "manifests" | "kustomize" | "helm";
}

/**
 * Makes the graph of the projects of some stacks.
 *
 * @param project this project alone, in every organisation that has one so called: `shop`, or `acme/shop`
 */
export function graphOf(platforms: readonly LoadedStack[], project?: string): FactoryGraph {
  const ordered = inOrder(platforms);
  const organisations = new Map<string, Map<string, { namespaces: GraphNamespace[]; description?: string }>>();
  for (const { stack, platform } of ordered) {
    for (const one of platform.projects) {
      if (project !== undefined && project !== one.name && project !== `${one.organisation}/${one.name}`) continue;
      const projects = organisations.get(one.organisation) ?? new Map<string, { namespaces: GraphNamespace[] }>();
      organisations.set(one.organisation, projects);
      const { namespaces } = projects.get(one.name) ?? { namespaces: [] };
      namespaces.push(namespaceOf(one, stack, platform.deletion.protect));
      projects.set(one.name, { namespaces, ...(one.description !== undefined && { description: one.description }) });
    }
  }
  return {
    stacks: ordered.map(({ stack, platform: { environment } }) => ({ stack, environment })),
    organisations: byName(organisations).map(([name, projects]) => ({
      name,
      projects: byName(projects).map(([projectName, { namespaces, description }]) => ({
        name: projectName,
        ...(description !== undefined && { description }),
        namespaces,
      })),
    })),
  };
}

/** From the first environment that a change comes to up to production; what has no place in that order by name. */
function inOrder(platforms: readonly LoadedStack[]): LoadedStack[] {
  const all = platforms.map(({ platform: { environment }, stackFile: { config } }) => ({
    environment,
    from: config?.promotion?.from,
  }));
  const place = ({ platform: { environment } }: LoadedStack): number => environmentsBefore(environment, all).length;
  return [...platforms].sort((one, other) => place(one) - place(other) || (one.stack < other.stack ? -1 : 1));
}

/** Sorted by code points, so that every machine's locale gives the same. */
function byName<T>(entries: ReadonlyMap<string, T>): [string, T][] {
  return [...entries].sort(([one], [other]) => (one < other ? -1 : 1));
}

function namespaceOf(project: Project, stack: string, isProtected: boolean): GraphNamespace {
  return {
    name: project.namespace,
    stack,
    environment: project.environment,
    production: isProtected || isProduction(project.environment),
    cluster: project.destination.cluster,
    applications: project.repositories.map(applicationOf),
  };
}

function applicationOf({ applicationName, name, sources: [first] }: Repository): GraphApplication {
  // A reference only lends files to a chart, and never comes first.
  if (first.kind === "reference") throw new Error(`the first source of ${applicationName} deploys nothing`);
  const path = first.kind === "helm" ? (first.chart ?? first.path) : first.path;
  return { name: applicationName, repository: name, url: first.url, revision: first.revision, path, kind: first.kind };
}

/** How much there is on each level. */
export interface GraphSize {
  readonly organisations: number;
  readonly projects: number;
  readonly applications: number;
  readonly namespaces: number;
}

export function sizeOf(organisations: readonly GraphOrganisation[]): GraphSize {
  const projects = organisations.flatMap((organisation) => organisation.projects);
  const namespaces = projects.flatMap((project) => project.namespaces);
  return {
    organisations: organisations.length,
    projects: projects.length,
    applications: namespaces.reduce((sum, { applications }) => sum + applications.length, 0),
    namespaces: namespaces.length,
  };
}
