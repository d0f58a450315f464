import {
  APP_PROJECT,
  APPLICATION,
  LIMIT_RANGE,
  NAMESPACE,
  NETWORK_POLICY,
  RESOURCE_QUOTA,
} from "../../../policies/kinds";
import { textAt } from "../../../policies/read";
import { HOME } from "../../cluster/cluster-access";
import { parseUrn } from "../../preview/urn";
import type { Fields } from "../found-object";
import { objectPath } from "../object-path";
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
 * What a project consists of, by Pulumi's type. No other kind is imported: the provider takes
 * all that the API server has filled in for what was declared, and what the program does not say then reads as taken
 * away, for which the engine would replace Services (`clusterIP`) and StatefulSets (`podManagementPolicy`). Of a Secret it
 * would read so of the data.
 */
const TYPES: readonly string[] = [NAMESPACE, RESOURCE_QUOTA, LIMIT_RANGE, NETWORK_POLICY, APP_PROJECT, APPLICATION];

/** The object that a resource declares; absent where its kind is not imported. */
export function importableObject(resource: DeclaredResource): ImportableObject | undefined {
  const order = TYPES.indexOf(resource.type);
  const name = textAt(resource.inputs, "metadata", "name");
  if (order === -1 || name === undefined) return undefined;
  const namespace = textAt(resource.inputs, "metadata", "namespace");
  const kind = resource.type.slice(resource.type.lastIndexOf(":") + 1);
  const object = { kind, ...(namespace !== undefined && { namespace }), name };
  return {
    resource,
    ...object,
    cluster: parseUrn(resource.provider ?? "")?.name ?? HOME,
    id: namespace === undefined ? name : `${namespace}/${name}`,
    path: objectPath(object),
    order,
  };
}

/** Why the object's import would have the engine replace it; absent for all but a rare few. */
export function replacedBecause(kind: string, live: Fields): string | undefined {
  const { scopes } = (live["spec"] ?? {}) as Fields;
  return kind === "ResourceQuota" && scopes !== undefined
    ? "it has scopes, which an import would have the engine replace it for"
    : undefined;
}
