import { namespaceName, applicationName } from "../../model/naming";
import type { StackConfig } from "../../model/schema/stack";
import type { Problem } from "../../model/problem";
import { HOME } from "../cluster/cluster-access";
import { adoptApplication } from "./application";
import type { AdoptedRepository } from "./application";
import { adoptAppProject } from "./app-project";
import { credentialsAmong, credentialsFor } from "./credentials";
import type { FoundCredentials } from "./credentials";
import { ARGO, isOf, textAt, titleOf } from "./found-object";
import type { Fields, FoundObject } from "./found-object";
import { placeCandidates } from "./place-candidates";
import type { Placed } from "./place-candidates";
import { noteFinalizers } from "./finalizers";
import { groupBy } from "./group-by";
import { sharedAppProjects } from "./shared-app-projects";
import { mergeEnvironments } from "./merge-environments";
import type { AdoptedEnvironment } from "./merge-environments";
import { FurtherClusters } from "./further-clusters";
import { adoptNamespace, annotated, findNamespace, keptOf } from "./namespace";
import type { AdoptedSettings } from "./namespace";
import { Notes } from "./note";
import type { Note } from "./note";
import { firstSource } from "./identity";
import type { Candidate } from "./sort-applications";

export interface AdoptionContext {
  readonly stack: StackConfig;
  readonly argocdNamespace: string;
  readonly rewrite: (url: string) => string;
  /** What the catalogue calls the credentials of a repository that it has already. */
  readonly knownCredentials: (url: string) => string | undefined;
  /** Further clusters that could not be looked at, and why. @default none */
  readonly unread?: Readonly<Record<string, Problem>>;
}

/** One file of the catalogue. */
export interface AdoptedProject {
  readonly organisation: string;
  readonly name: string;
  readonly content: Fields;
  readonly environments: readonly string[];
}

/** An Application and where it goes. */
export interface AdoptedApplication {
  readonly application: FoundObject;
  readonly organisation: string;
  readonly project: string;
  readonly environment: string;
  readonly repository: string;
  readonly namespace: string;
  readonly appProject: string;
}

/** An object that the program will declare under the name that it has. */
export interface KeptObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  /** The further cluster that it lies on; absent on Argo CD's own. */
  readonly cluster?: string;
}

export interface Adoption {
  readonly projects: readonly AdoptedProject[];
  readonly applications: readonly AdoptedApplication[];
  readonly credentials: readonly FoundCredentials[];
  readonly kept: readonly KeptObject[];
  readonly notes: readonly Note[];
}

/** Turns Applications, and what is around them, into catalogue files. */
export function adopt(
  candidates: readonly Candidate[],
  objects: readonly FoundObject[],
  context: AdoptionContext,
): Adoption {
  const all = credentialsAmong(objects);
  const work = new Work(objects, all, context);
  const { placed, refused } = work.withoutRefused(candidates);
  const groups = groupBy(placed, ({ organisation, project }) => `${organisation}/${project}`);
  const projects = [...groups.values()].map((members) => work.project(members));
  work.keepDefault();
  work.tellOfClusters();
  return {
    projects: projects.sort((one, other) =>
      `${one.organisation}/${one.name}` < `${other.organisation}/${other.name}` ? -1 : 1,
    ),
    applications: work.applications,
    credentials: [...work.credentials],
    kept: work.kept,
    notes: [...refused, ...work.notes].flatMap(({ all: own }) => own),
  };
}

type Prepared = Placed & { readonly adopted: AdoptedRepository };

class Work {
  readonly applications: AdoptedApplication[] = [];
  readonly credentials = new Set<FoundCredentials>();
  readonly kept: KeptObject[] = [];
  readonly notes: Notes[] = [];
  #shared: ReadonlySet<string> = new Set();
  readonly #further: FurtherClusters;

  constructor(
    private readonly objects: readonly FoundObject[],
    private readonly secrets: readonly FoundCredentials[],
    private readonly context: AdoptionContext,
  ) {
    this.#further = new FurtherClusters(objects, context.stack.clusters ?? {}, context.unread ?? {});
  }

  /** Gives each its place, and reads its spec; whatever would change what runs is left where it is. */
  withoutRefused(candidates: readonly Candidate[]): { placed: readonly Prepared[]; refused: readonly Notes[] } {
    const prepared = placeCandidates(candidates).map((one) => ({ ...one, adopted: this.#repository(one) }));
    const placed = prepared.filter(({ notes }) => !notes.isRefused);
    this.#shared = sharedAppProjects(placed, this.objects);
    return { placed, refused: prepared.filter(({ notes }) => notes.isRefused).map(({ notes }) => notes) };
  }

  #repository({ application, repository, notes }: Placed): AdoptedRepository {
    const { rewrite, stack, knownCredentials } = this.context;
    const autosync = stack.projects?.autosync ?? true;
    const adopted = adoptApplication(application, { repository, autosync, rewrite, notes });
    const original = textAt(firstSource(application), "repoURL") ?? "";
    const found = credentialsFor(original, this.secrets, notes);
    const known = knownCredentials(adopted.url);
    if (known === undefined && found !== undefined && !notes.isRefused) this.credentials.add(found);
    const name = known ?? found?.name;
    return name === undefined ? adopted : { ...adopted, credentials: name };
  }

  /** Argo CD's server made it, and the program closes it. */
  keepDefault(): void {
    if (this.#find("AppProject", "default", ARGO) !== undefined) {
      this.#keep("AppProject", "default", this.context.argocdNamespace);
    }
  }

  project(members: readonly Prepared[]): AdoptedProject {
    const [{ organisation, project }] = members as [Prepared];
    const groups = groupBy(members, ({ environment }) => environment);
    const environments = [...groups].map(([environment, own]) => this.#environment(environment, own));
    const notes = new Notes(`catalogue ${organisation}/${project}`, "");
    const content = mergeEnvironments({ organisation, name: project }, environments, notes);
    this.notes.push(...members.map((one) => one.notes), notes);
    return { organisation, name: project, content, environments: environments.map((one) => one.environment) };
  }

  tellOfClusters(): void {
    const { notes, secrets } = this.#further.judge();
    this.notes.push(...notes);
    for (const name of secrets) this.#keep("Secret", name, this.context.argocdNamespace);
  }

  #environment(environment: string, members: readonly Prepared[]): AdoptedEnvironment {
    const [{ organisation, project, cluster, application, namespace: found }] = members as [Prepared];
    const computed = namespaceName(organisation, project, environment);
    const namespace = found ?? computed;
    const old = textAt(application.spec, "project") ?? "default";
    const appProject = this.#shared.has(old) ? computed : old;
    const repositories = members.map(({ adopted, application: { metadata } }) => ({
      ...adopted,
      ...(metadata.name !== applicationName(organisation, project, environment, adopted.name) && {
        applicationName: metadata.name,
      }),
    }));
    const settings = {
      ...(cluster !== HOME && { cluster }),
      ...this.#namespace(namespace, cluster),
      ...this.#appProject(old, { namespace, isKept: appProject === old, members }),
    };
    for (const { application: one, repository, notes } of members) {
      noteFinalizers(one, this.context.stack.deletion?.workloads ?? "foreground", notes);
      this.applications.push({
        application: one,
        organisation,
        project,
        environment,
        repository,
        namespace,
        appProject,
      });
      this.#keep("Application", one.metadata.name, this.context.argocdNamespace);
    }
    if (appProject === old) this.#keep("AppProject", old, this.context.argocdNamespace);
    return {
      environment,
      names: { ...(namespace !== computed && { namespace }), ...(appProject !== computed && { appProject }) },
      settings,
      repositories,
    };
  }

  #namespace(name: string, cluster: string): AdoptedSettings {
    const isHome = cluster === HOME;
    if (!isHome && !this.#further.add(cluster, name)) return {};
    const found = findNamespace(this.objects, name, cluster);
    const origin = isHome ? (found.namespace?.origin ?? "") : `the cluster ${cluster}`;
    const notes = new Notes(`Namespace ${name}`, origin, isHome ? undefined : cluster);
    this.notes.push(notes);
    this.kept.push(...keptOf(found).map(keptObject));
    return { ...adoptNamespace(found, this.context.stack.projects, notes), ...annotated(found.namespace) };
  }

  #appProject(
    name: string,
    {
      namespace,
      isKept,
      members,
    }: { readonly namespace: string; readonly isKept: boolean; readonly members: readonly Prepared[] },
  ): AdoptedSettings {
    const appProject = this.#find("AppProject", name, ARGO);
    if (!isKept) {
      const [first] = members;
      first?.notes.changed(
        "spec.project",
        name,
        whyLeft(name, appProject !== undefined),
        "it becomes the project's own AppProject, which changes nothing that runs",
      );
    }
    // What everybody shares says nothing of this project.
    if (appProject === undefined || !isKept) return {};
    const repositories = new Map(members.map(({ application, repository }) => [application.metadata.name, repository]));
    const notes = new Notes(titleOf(appProject), appProject.origin);
    this.notes.push(notes);
    return adoptAppProject(appProject, { repositories, namespace, isKept, notes });
  }

  #find(kind: string, name: string, group = ""): FoundObject | undefined {
    return this.objects.find((object) => isOf(object, kind, group) && object.metadata.name === name);
  }

  #keep(kind: string, name: string, namespace: string): void {
    this.kept.push({ kind, name, namespace });
  }
}

function keptObject({ kind, metadata: { name, namespace }, cluster }: FoundObject): KeptObject {
  return { kind, name, ...(namespace !== undefined && { namespace }), ...(cluster !== undefined && { cluster }) };
}

function whyLeft(name: string, isKnown: boolean): string {
  if (name === "default") return "Argo CD's own AppProject is open to everything";
  return isKnown ? "other Applications have it too" : "it was not among what was read, and others may have it";
}
