import { excessLength, isReservedNamespace } from "../../model/naming";
import { GUARDED_KINDS } from "../../model/guarded-kinds";
import { HOME } from "../cluster/cluster-access";
import { clusterSecretsAmong, destinationCluster } from "./destination-cluster";
import type { ClusterSecret, StackClusters } from "./destination-cluster";
import { ARGO, fieldsAt, isFields, isOf, listAt, textAt, titleOf } from "./found-object";
import type { FoundObject } from "./found-object";
import { identify } from "./identity";
import type { Identity, IdentityContext } from "./identity";
import { Notes } from "./note";

/** An Application that can be adopted, and what is known of it. */
export interface Candidate {
  readonly application: FoundObject;
  readonly identity: Identity;
  /** Where its objects lie; absent in a file that does not say so. */
  readonly namespace: string | undefined;
  /** By the catalogue's name: `in-cluster`. */
  readonly cluster: string;
  readonly notes: Notes;
}

export interface Sorted {
  readonly candidates: readonly Candidate[];
  /** Applications of which something is not known, by what is missing. */
  readonly unknown: readonly { readonly application: FoundObject; readonly missing: readonly string[] }[];
  /** Notes of those that are not adopted. */
  readonly refused: readonly Notes[];
  /** Applications of Applications, whose place the catalogue takes. */
  readonly parents: readonly FoundObject[];
}

export interface SortContext extends IdentityContext {
  /** The namespace of Argo CD. */
  readonly argocdNamespace: string;
  readonly clusters: StackClusters;
}

/** Says of each Application whether it can be adopted, and where it belongs. */
export function sortApplications(objects: readonly FoundObject[], context: SortContext): Sorted {
  const candidates: Candidate[] = [];
  const unknown: Sorted["unknown"][number][] = [];
  const refused: Notes[] = [];
  const parents: FoundObject[] = [];
  const secrets = clusterSecretsAmong(objects);
  for (const application of objects.filter((object) => isOf(object, "Application", ARGO))) {
    const notes = new Notes(titleOf(application), application.origin);
    if (isParent(application, context.argocdNamespace)) {
      parents.push(application);
      notes.refused(
        "spec.destination.namespace",
        context.argocdNamespace,
        "it deploys Argo CD's own objects (app of apps)",
        "the catalogue takes its place: see the steps",
      );
      refused.push(notes);
      continue;
    }
    const { metadata } = application;
    if (metadata.namespace !== undefined && metadata.namespace !== context.argocdNamespace) {
      notes.refused(
        "metadata.namespace",
        metadata.namespace,
        "it is a team's own Application, outside Argo CD's namespace",
        "it stays the team's: see ownApplications",
      );
    }
    const namespace = namespaceOf(application, notes);
    const cluster = clusterOf(application, context.clusters, secrets, notes);
    if (namespace !== undefined && isReservedNamespace(namespace)) {
      notes.refused(
        "spec.destination.namespace",
        namespace,
        "the namespace belongs to the cluster, and no project may have it",
        "move what runs there into a namespace of its own, then adopt again",
      );
    }
    refuseDenied(application, namespace, notes);
    if (excessLength(metadata.name) > 0)
      notes.refused("metadata.name", metadata.name, "the name has more than 63 characters", "give it a shorter one");
    const identity = identify(application, context);
    const missing = (["organisation", "project", "environment", "repository"] as const).filter(
      (key) => identity[key] === undefined,
    );
    if (notes.isRefused) {
      noteClosing(application, notes);
      refused.push(notes);
    } else if (missing.length > 0) unknown.push({ application, missing });
    else candidates.push({ application, identity: identity as Identity, namespace, cluster, notes });
  }
  return { candidates, unknown, refused, parents };
}

/** components/argocd/default-project.ts: nothing is deployed from it any more. */
function noteClosing({ spec }: FoundObject, notes: Notes): void {
  const project = textAt(spec, "project") ?? "default";
  if (project !== "default") return;
  const effect = "it is synchronised no more, and what runs goes on: adopt it, or give it another AppProject first";
  notes.changed("spec.project", project, "the first update closes the AppProject default", effect);
}

function isParent(application: FoundObject, argocdNamespace: string): boolean {
  const namespace = textAt(fieldsAt(application.spec, "destination"), "namespace");
  const resources = listAt(application.status, "resources").filter(isFields);
  return namespace === argocdNamespace || resources.some(({ group, kind }) => group === ARGO && kind === "Application");
}

/** Where an Application says nothing, its objects do: those of the cluster lie somewhere. */
function namespaceOf({ spec, status }: FoundObject, notes: Notes): string | undefined {
  const said = textAt(fieldsAt(spec, "destination"), "namespace");
  if (said !== undefined) return said;
  const found = [
    ...new Set(
      listAt(status, "resources")
        .filter(isFields)
        .flatMap((one) => textAt(one, "namespace") ?? []),
    ),
  ];
  const [only] = found;
  if (only !== undefined && found.length === 1) {
    notes.changed(
      "spec.destination.namespace",
      undefined,
      "it is not said",
      `it becomes ${only}, where its objects lie; nothing moves`,
    );
    return only;
  }
  notes.changed(
    "spec.destination.namespace",
    undefined,
    "it is not said",
    "it becomes the project's namespace: objects that name no other are deployed there",
  );
  return undefined;
}

function clusterOf(
  application: FoundObject,
  clusters: StackClusters,
  secrets: readonly ClusterSecret[],
  notes: Notes,
): string {
  const found = destinationCluster(application, clusters, secrets);
  if ("cluster" in found) return found.cluster;
  const { unknown, server } = found;
  notes.refused(
    "spec.destination",
    server === undefined || server === unknown ? unknown : `${unknown} (${server})`,
    "the stack's config has no such cluster",
    "describe it in gitops-factory:clusters, then adopt again",
  );
  return HOME;
}

/** What a closed AppProject does not let through would stop every further synchronisation. */
function refuseDenied({ status }: FoundObject, namespace: string | undefined, notes: Notes): void {
  for (const resource of listAt(status, "resources").filter(isFields)) {
    const { group, kind, name } = resource;
    const lies = textAt(resource, "namespace");
    const what = `${String(kind)} ${String(name)}`;
    if (lies === undefined) {
      notes.refused(
        "status.resources",
        what,
        "a project deploys no cluster-wide objects",
        "take it out of the repository, as the platform declares it or another Application does, then adopt again",
      );
    } else if (GUARDED_KINDS.some((one) => one.group === (group ?? "") && one.kind === kind)) {
      notes.refused(
        "status.resources",
        what,
        "the project's guards are the catalogue's to say",
        "take it out of the repository, then adopt again: quota, network and containerDefaults say the same",
      );
    } else if (namespace !== undefined && lies !== namespace) {
      notes.refused(
        "status.resources",
        `${what} in ${lies}`,
        `a project deploys into its own namespace, ${namespace}`,
        "give it an Application and a project of its own, then adopt again",
      );
    }
  }
}
