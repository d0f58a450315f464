import { UserError } from "../../../model/problem";
import { HOME } from "../../cluster/cluster-access";
import { messageOf, type Answer } from "../../cluster/cluster-api";
import { isFields } from "../found-object";
import type { DeclaredResource, DeclaredResources } from "./declared-resource";
import { firstUpdate, type ApplyingApi, type FirstUpdate } from "./first-update";
import { importFile, type ImportFile } from "./import-file";
import { importableObject, replacedBecause, type ImportableObject } from "./importable-kinds";
import { providerTargets } from "./provider-targets";

/** How many objects of a cluster are asked for at a time; a platform has thousands. */
const AT_ONCE = 20;

/** Does some work on one of the stack's clusters, `in-cluster` or a further one. */
export type Visit = <T>(cluster: string, work: (api: ApplyingApi) => Promise<T>) => Promise<T>;

export interface ImportedObject extends ImportableObject {
  readonly update: FirstUpdate;
}

/** An object that exists and is not imported. */
export interface LeftOutObject extends ImportableObject {
  readonly reason: string;
}

export interface Imports {
  readonly file: ImportFile;
  readonly imported: readonly ImportedObject[];
  /** Objects that the cluster does not have: the first update makes them. */
  readonly absent: readonly ImportableObject[];
  readonly leftOut: readonly LeftOutObject[];
  /** Objects of kinds that are not imported, whether they exist or not. */
  readonly otherKinds: readonly DeclaredResource[];
  /** The URNs of what has to be in the state before the import; empty where it is. */
  readonly targets: readonly string[];
}

/**
 * Finds what the first update of a stack would make although it exists, and what the update does to it.
 * @throws UserError when a cluster does not let us look
 */
export async function gatherImports({ created, read }: DeclaredResources, visit: Visit): Promise<Imports> {
  const objects = created.flatMap((resource) => importableObject(resource) ?? []).sort(byOrder);
  const clusters = [...new Set(objects.map(({ cluster }) => cluster))];
  const found = await Promise.all(
    clusters.map((cluster) => {
      const own = objects.filter((object) => object.cluster === cluster);
      return visit(cluster, (api) => lookAtAll(api, own));
    }),
  );
  const looked = found.flat();
  const imported = looked.flatMap((one) => ("update" in one ? [one] : []));
  const kinds = new Set(objects.map(({ resource }) => resource.urn));
  return {
    file: importFile(imported, created),
    imported,
    absent: looked.flatMap((one) => ("update" in one || "reason" in one ? [] : [one])),
    leftOut: looked.flatMap((one) => ("reason" in one ? [one] : [])),
    // A patch has no object of its own.
    otherKinds: created.filter(({ urn, type }) => /^kubernetes:(?!.*Patch$)/.test(type) && !kinds.has(urn)),
    targets: providerTargets(imported, created, read),
  };
}

/** The engine's order is another with each preview. */
function byOrder(one: ImportableObject, other: ImportableObject): number {
  return one.order - other.order || (one.id < other.id ? -1 : 1);
}

type Looked = ImportedObject | LeftOutObject | ImportableObject;

async function lookAtAll(api: ApplyingApi, objects: readonly ImportableObject[]): Promise<Looked[]> {
  const looked: Looked[] = [];
  for (let start = 0; start < objects.length; start += AT_ONCE) {
    const some = objects.slice(start, start + AT_ONCE);
    looked.push(...(await Promise.all(some.map((object) => look(api, object)))));
  }
  return looked;
}

async function look(api: ApplyingApi, object: ImportableObject): Promise<Looked> {
  const answer = await api.get(object.path);
  if (answer.status === 404) return object;
  if (answer.status !== 200 || !isFields(answer.body)) throw refusal(object, answer);
  const reason = replacedBecause(object.kind, answer.body);
  if (reason !== undefined) return { ...object, reason };
  return { ...object, update: await firstUpdate(api, object, answer.body) };
}

function refusal({ kind, id, cluster }: ImportableObject, { status, body }: Answer): UserError {
  const message = `it cannot be read: ${messageOf(body)}`;
  const fix = "have an account that may get it, then run this again";
  return new UserError([
    {
      severity: "error",
      file: cluster === HOME ? "the cluster" : `the cluster ${cluster}`,
      path: `${kind} ${id}`,
      value: String(status),
      message,
      fix,
    },
  ]);
}
