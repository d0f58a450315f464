import { textAt } from "../../../policies/read";
import { HOME } from "../../cluster/cluster-access";
import { parseUrn } from "../../preview/urn";
import type { Fields } from "../found-object";
import type { DeclaredResource } from "./declared-resource";

/** An object of a kind that is imported, and where the API has it. */
export interface ImportableObject {
  readonly resource: DeclaredResource;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** The cluster that it lies on, as its provider is called: `in-cluster`, or a further one's name. */
  readonly cluster: string;
  /** The provider's id: `namespace/name`, or the name alone. */
  readonly id: string;
  readonly path: string;
  /** The place of its kind among others, as they build on one another. */
  readonly order: number;
}

/**
 * What a project consists of, by Pulumi's type, with the API's word for it. No other kind is imported: the provider takes
 * all that the API server has filled in for what was declared, and what the program does not say then reads as taken
 * away, for which the engine would replace Services (`clusterIP`) and StatefulSets (`podManagementPolicy`). Of a Secret it
 * would read so of the data.
 */
const PLURALS: Readonly<Record<string, string>> = {
  "kubernetes:core/v1:Namespace": "namespaces",
  "kubernetes:core/v1:ResourceQuota": "resourcequotas",
  "kubernetes:core/v1:LimitRange": "limitranges",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": "networkpolicies",
  "kubernetes:argoproj.io/v1alpha1:AppProject": "appprojects",
  "kubernetes:argoproj.io/v1alpha1:Application": "applications",
};

/** The object that a resource declares; absent where its kind is not imported. */
export function importableObject(resource: DeclaredResource): ImportableObject | undefined {
  const plural = PLURALS[resource.type];
  const name = textAt(resource.inputs, "metadata", "name");
  if (plural === undefined || name === undefined) return undefined;
  const namespace = textAt(resource.inputs, "metadata", "namespace");
  const [, version = "", kind = ""] = resource.type.split(":");
  const api = version.startsWith("core/") ? `/api/${version.slice("core/".length)}` : `/apis/${version}`;
  const inside = namespace === undefined ? "" : `/namespaces/${namespace}`;
  return {
    resource,
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    cluster: parseUrn(resource.provider ?? "")?.name ?? HOME,
    id: namespace === undefined ? name : `${namespace}/${name}`,
    path: `${api}${inside}/${plural}/${name}`,
    order: Object.keys(PLURALS).indexOf(resource.type),
  };
}

/** Why the object's import would have the engine replace it; absent for all but a rare few. */
export function replacedBecause(kind: string, live: Fields): string | undefined {
  const { scopes } = (live["spec"] ?? {}) as Fields;
  return kind === "ResourceQuota" && scopes !== undefined
    ? "it has scopes, which an import would have the engine replace it for"
    : undefined;
}
