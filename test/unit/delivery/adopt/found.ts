import { readCatalogue } from "../../../../model/catalogue";
import { adopt } from "../../../../delivery/adopt/adoption";
import type { Adoption, AdoptionContext } from "../../../../delivery/adopt/adoption";
import { planFiles } from "../../../../delivery/adopt/catalogue-files";
import type { PlannedFile } from "../../../../delivery/adopt/catalogue-files";
import type { FoundObject } from "../../../../delivery/adopt/found-object";
import { foundObject } from "../../../../delivery/adopt/parse-objects";
import { sortApplications } from "../../../../delivery/adopt/sort-applications";
import type { SortContext, Sorted } from "../../../../delivery/adopt/sort-applications";

/** An object as the cluster has it. */
export function found(kind: string, name: string, rest: object = {}, namespace?: string): FoundObject {
  const groups: Readonly<Record<string, string>> = {
    Application: "argoproj.io/v1alpha1",
    AppProject: "argoproj.io/v1alpha1",
    ApplicationSet: "argoproj.io/v1alpha1",
    NetworkPolicy: "networking.k8s.io/v1",
  };
  const { metadata = {}, ...fields } = rest as { metadata?: object };
  const named = { name, ...(namespace !== undefined && { namespace }), ...metadata };
  const object = foundObject({ apiVersion: groups[kind] ?? "v1", kind, metadata: named, ...fields }, "the cluster");
  if (object === undefined) throw new Error("the object has no name");
  return object;
}

export const URL = "https://git.acme.example/shop/deploy.git";

/** An Application that is synchronised by itself; `spec` is laid over that. */
export function application(name: string, spec: object = {}, metadata: object = {}): FoundObject {
  const usual = {
    project: "default",
    source: { repoURL: URL, targetRevision: "HEAD", path: "." },
    destination: { server: "https://kubernetes.default.svc", namespace: "shop" },
    syncPolicy: { automated: { prune: true, selfHeal: true } },
  };
  return found("Application", name, { metadata, spec: { ...usual, ...spec } }, "argocd");
}

/** An Application with one source that says this beside its URL. */
export function sourced(source: object, name = "web"): FoundObject {
  return application(name, { source: { repoURL: URL, ...source } });
}

export type AdoptedFound = Adoption & { readonly sorted: Sorted };

/** Adopts into the environment dev, unless told otherwise. */
export function adoptFound(
  objects: readonly FoundObject[],
  {
    stack = {},
    rewrite = (url: string) => url,
    unread = {},
    ...context
  }: Partial<SortContext> & Partial<Pick<AdoptionContext, "stack" | "rewrite" | "unread">> = {},
): AdoptedFound {
  const sorted = sortApplications(objects, {
    mapping: {},
    environment: "dev",
    environments: ["dev", "staging", "prod"],
    argocdNamespace: "argocd",
    clusters: stack.clusters ?? {},
    ...context,
  });
  const adoption = adopt(sorted.candidates, objects, {
    stack,
    argocdNamespace: "argocd",
    rewrite,
    knownCredentials: () => undefined,
    unread,
  });
  return { ...adoption, notes: [...sorted.refused.flatMap(({ all }) => all), ...adoption.notes], sorted };
}

/** The one repository that comes of an Application, and what was noted about it. */
export function repositoryOf(one: FoundObject) {
  const { projects, notes } = adoptFound([one]);
  const [repository] = (projects[0]?.content["repositories"] ?? []) as Readonly<Record<string, unknown>>[];
  return { repository, refused: notes.filter(({ weight }) => weight === "refused"), notes };
}

/** What would become of the catalogue of a folder. */
export function filesOf(adoption: Adoption, root: string): PlannedFile[] {
  const { entries } = readCatalogue(root, "catalog");
  return planFiles(adoption.projects, { root, folder: "catalog", stack: {}, entries });
}
