import type { Platform } from "../../model/platform";
import type { Project, Repository, RepositorySource } from "../../model/project";
import type { Quantities } from "../../model/quantities";
import type { LoadedStack } from "../stacks";
import type { StatusEntry } from "../status/entry";
import { applicationLink, repositoryLink, shownRepository } from "./links";

/** All that the page shows, which is what `--json` prints. Members may join it; a change gets another `format`. */
export interface ReportFacts {
  readonly format: 1;
  /** When it was made, in ISO 8601. */
  readonly madeAt: string;
  /** Whether Argo CD's view of the Applications is in it. */
  readonly hasStatus: boolean;
  readonly stacks: readonly StackFacts[];
  /** By organisation and name. */
  readonly projects: readonly ProjectFacts[];
  /** Applications that run, and that no file of the catalogue declares. */
  readonly undeclared: readonly StateFacts[];
}

export interface StackFacts {
  readonly stack: string;
  readonly environment: string;
  readonly argocd: { readonly version: string; readonly namespace: string; readonly url?: string };
  /** The private zones that the cluster's DNS forwards, with the servers that are asked. */
  readonly zones: readonly { readonly zone: string; readonly to: readonly string[] }[];
  /** The platform's GitLab. */
  readonly gitlab?: string;
  /** Further clusters, by name. */
  readonly clusters: readonly string[];
  /** Whether Pulumi refuses to delete what it made. */
  readonly isProtected: boolean;
  /** What holds for each rule of the policy pack: mandatory, advisory or disabled. */
  readonly policies: Readonly<Record<string, string>>;
  readonly projects: number;
  readonly applications: number;
  /** Why its state is not known, where it was asked for. */
  readonly unasked?: string;
}

/** A project with all environments that it has in the stacks of the report. */
export interface ProjectFacts {
  readonly organisation: string;
  readonly name: string;
  readonly description?: string;
  /** Its file in the catalogue. */
  readonly file: string;
  readonly environments: readonly EnvironmentFacts[];
}

export interface EnvironmentFacts {
  readonly environment: string;
  readonly stack: string;
  readonly namespace: string;
  readonly cluster: string;
  readonly owners: readonly string[];
  readonly readers: readonly string[];
  readonly writers: readonly string[];
  readonly quota: Quantities;
  readonly podSecurity: string;
  /** `deny 0 18 * * fri for 60h (Europe/Paris)`. */
  readonly syncWindows: readonly string[];
  readonly applications: readonly ApplicationFacts[];
}

export interface ApplicationFacts {
  readonly application: string;
  readonly repository: string;
  readonly sources: readonly SourceFacts[];
  /** Absent where Argo CD has no address. */
  readonly link?: string;
  /** Absent where nobody was asked, or Argo CD does not know the Application. */
  readonly state?: StateFacts;
}

export interface SourceFacts {
  readonly kind: RepositorySource["kind"];
  /** Without user and password. */
  readonly url: string;
  /** Absent where the address is none that a browser may open. */
  readonly link?: string;
  readonly revision: string;
  /** The folder in it, or the chart. */
  readonly path?: string;
}

export type StateFacts = Pick<
  StatusEntry,
  "application" | "project" | "environment" | "sync" | "health" | "images" | "revisions" | "messages" | "delivery"
>;

/** What is known of a stack. */
export interface StackSource extends LoadedStack {
  readonly policies: Readonly<Record<string, string>>;
  /** Why its state is not known, where it was asked for. */
  readonly unasked?: string;
}

/**
 * The facts of some stacks. Every one is picked by name, so that no secret of the model gets in.
 *
 * @param states what Argo CD says of all Applications; absent where it was not asked
 */
export function factsOf(
  sources: readonly StackSource[],
  states: readonly StatusEntry[] | undefined,
  now: Date,
): ReportFacts {
  const byName = new Map((states ?? []).map((entry) => [entry.application, stateOf(entry)]));
  const projects = new Map<string, ProjectFacts>();
  for (const { stack, platform } of sources) {
    for (const project of platform.projects) {
      const key = `${project.organisation}/${project.name}`;
      const { organisation, name, description, file } = project;
      const known = projects.get(key) ?? {
        organisation,
        name,
        ...(description !== undefined && { description }),
        file,
        environments: [],
      };
      const environment = environmentFacts(project, stack, platform, byName);
      projects.set(key, { ...known, environments: [...known.environments, environment] });
    }
  }
  const declared = new Set(sources.flatMap(({ platform }) => applicationNames(platform)));
  return {
    format: 1,
    madeAt: now.toISOString(),
    hasStatus: states !== undefined,
    stacks: sources.map(stackFacts),
    projects: [...projects].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, project]) => project),
    undeclared: [...byName.values()].filter(({ application }) => !declared.has(application)),
  };
}

/** All Applications that the catalogue declares. */
export function applicationsOf({ projects }: ReportFacts): readonly ApplicationFacts[] {
  return projects.flatMap(({ environments }) => environments.flatMap(({ applications }) => applications));
}

function applicationNames({ projects }: Platform): readonly string[] {
  return projects.flatMap(({ repositories }) => repositories.map(({ applicationName }) => applicationName));
}

function stackFacts({ stack, platform, policies, unasked }: StackSource): StackFacts {
  const { environment, argocd, dns, gitlab, clusters, deletion, projects } = platform;
  return {
    stack,
    environment,
    argocd: {
      version: argocd.manifests.version,
      namespace: argocd.namespace,
      ...(argocd.url !== undefined && { url: argocd.url }),
    },
    zones: (dns?.forwards ?? []).map(({ zone, to }) => ({ zone, to })),
    ...(gitlab !== undefined && { gitlab: gitlab.url }),
    clusters: clusters.map(({ name }) => name),
    isProtected: deletion.protect,
    policies,
    projects: projects.length,
    applications: applicationNames(platform).length,
    ...(unasked !== undefined && { unasked }),
  };
}

function environmentFacts(
  project: Project,
  stack: string,
  { argocd }: Platform,
  states: ReadonlyMap<string, StateFacts>,
): EnvironmentFacts {
  const { environment, namespace, destination, owners, groups, quota, podSecurity, syncWindows, repositories } =
    project;
  return {
    environment,
    stack,
    namespace,
    cluster: destination.cluster,
    owners,
    readers: groups.read,
    writers: groups.write,
    quota,
    podSecurity,
    syncWindows: syncWindows.map(
      ({ kind, schedule, duration, timeZone = "UTC" }) => `${kind} ${schedule} for ${duration} (${timeZone})`,
    ),
    applications: repositories.map((repository) => {
      const link = applicationLink(argocd.url, argocd.namespace, repository.applicationName);
      const state = states.get(repository.applicationName);
      return {
        application: repository.applicationName,
        repository: repository.name,
        sources: sourcesOf(repository),
        ...(link !== undefined && { link }),
        ...(state !== undefined && { state }),
      };
    }),
  };
}

function sourcesOf({ sources }: Repository): readonly SourceFacts[] {
  return sources.map((source) => {
    const link = repositoryLink(source.url);
    const chart = source.kind === "helm" ? source.chart : undefined;
    const folder = source.kind === "reference" || source.path === "." ? undefined : source.path;
    const path = chart ?? folder;
    return {
      kind: source.kind,
      url: shownRepository(source.url),
      ...(link !== undefined && { link }),
      revision: source.revision,
      ...(path !== undefined && { path }),
    };
  });
}

function stateOf(entry: StatusEntry): StateFacts {
  const { application, project, environment, sync, health, images, revisions, messages, delivery } = entry;
  return {
    application,
    project,
    ...(environment !== undefined && { environment }),
    sync,
    health,
    images,
    revisions,
    messages,
    ...(delivery !== undefined && { delivery }),
  };
}
