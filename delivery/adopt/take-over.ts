import { UserError } from "../../model/problem";
import type { Answer } from "../cluster/cluster-api";
import type { KubeTarget } from "../cluster/kube-target";
import { refusedProblem } from "../cluster/server-problems";
import { OUR_FIELD_MANAGER } from "../doctor/ours";
import type { KeptObject } from "./adoption";
import { isFields } from "./found-object";
import type { Fields, ManagedFieldsEntry } from "./found-object";
import { objectPath } from "./object-path";

/** A label that the program sets on every object, so that it is the program's before and after. */
const FOOTHOLD: Fields = { "f:metadata": { "f:labels": { "f:app.kubernetes.io/managed-by": {} } } };

/** The API as taking over needs it. */
export interface PatchingApi {
  get(path: string): Promise<Answer>;
  patch(path: string, operations: readonly object[]): Promise<Answer>;
}

/** The cluster on which objects are taken over. */
export interface ClusterToTake {
  readonly api: PatchingApi;
  readonly target: KubeTarget;
}

/**
 * The owners of an object's fields once the program is among them. No value changes.
 *
 * Whoever wrote an object (kubectl, Argo CD's server, a script) owns its fields, and the program's first apply would end
 * in a conflict where it says otherwise; where it says the same, the next change would. So the writers' entries go.
 * Of Applications and AppProjects the whole spec becomes the program's, so that what the catalogue does not say is taken
 * out by the first update, such as a destination's name beside its server. What controllers own (status, the running
 * operation) stays theirs, and the rest of the metadata becomes nobody's, which keeps it.
 *
 * Absent when there is nothing to take over.
 */
export function takenOver(
  entries: readonly ManagedFieldsEntry[],
  kind: string,
): readonly ManagedFieldsEntry[] | undefined {
  const writers = entries.filter((entry) => isWriter(entry));
  if (writers.length === 0) return undefined;
  const [first] = writers;
  const own = entries.find(isOwn);
  const specs = ["Application", "AppProject"].includes(kind) ? writers.map(({ fieldsV1 }) => specOf(fieldsV1)) : [];
  const fieldsV1 = [own?.fieldsV1 ?? {}, FOOTHOLD, ...specs].reduce(union);
  const rest = entries.filter((entry) => !isWriter(entry) && !isOwn(entry)).map(withoutSpec);
  return [...rest, { ...first, ...own, manager: OUR_FIELD_MANAGER, operation: "Apply", fieldsV1 }];
}

function isOwn({ manager, operation }: ManagedFieldsEntry): boolean {
  return manager === OUR_FIELD_MANAGER && operation === "Apply";
}

/** Controllers write status, and Argo CD's the operation; what else they set is not theirs to keep. */
function isWriter(entry: ManagedFieldsEntry): boolean {
  return (entry.subresource ?? "") === "" && !isOwn(entry) && !isController(entry);
}

function isController({ manager = "" }: ManagedFieldsEntry): boolean {
  return manager === "argocd-application-controller" || manager.startsWith("kube-");
}

function specOf(fields: Fields | undefined): Fields {
  const spec = fields?.["f:spec"];
  return isFields(spec) ? { "f:spec": spec } : {};
}

/** A controller that once wrote the spec would own it for ever. */
function withoutSpec(entry: ManagedFieldsEntry): ManagedFieldsEntry {
  if (!isController(entry) || entry.fieldsV1?.["f:spec"] === undefined) return entry;
  return { ...entry, fieldsV1: Object.fromEntries(Object.entries(entry.fieldsV1).filter(([key]) => key !== "f:spec")) };
}

function union(one: Fields, other: Fields): Fields {
  const both: Record<string, unknown> = { ...one };
  for (const [key, value] of Object.entries(other)) {
    const before = both[key];
    both[key] = isFields(before) && isFields(value) ? union(before, value) : value;
  }
  return both;
}

/** How often a write is tried that a controller comes in between. */
const ATTEMPTS = 5;

/**
 * Makes the program the owner of what it will declare.
 * @returns the objects whose owners changed
 * @throws UserError when the cluster refuses
 */
export async function takeOver(from: ClusterToTake, objects: readonly KeptObject[]): Promise<readonly KeptObject[]> {
  const changed: KeptObject[] = [];
  for (const object of objects) if (await takeOverOne(from, object)) changed.push(object);
  return changed;
}

async function takeOverOne({ api, target }: ClusterToTake, object: KeptObject): Promise<boolean> {
  const path = objectPath(object);
  for (let attempt = 1; ; attempt++) {
    const found = await api.get(path);
    if (found.status === 404) return false;
    const metadata = found.status === 200 && isFields(found.body) ? found.body["metadata"] : undefined;
    if (!isFields(metadata)) throw refusal(target, object, found);
    const value = takenOver((metadata["managedFields"] ?? []) as readonly ManagedFieldsEntry[], object.kind);
    if (value === undefined) return false;
    const answer = await api.patch(path, [
      { op: "replace", path: "/metadata/managedFields", value },
      // Fails when somebody wrote in between, whose ownership would be lost.
      { op: "replace", path: "/metadata/resourceVersion", value: metadata["resourceVersion"] },
    ]);
    if (answer.status === 200) return true;
    if (answer.status !== 409 || attempt === ATTEMPTS) throw refusal(target, object, answer);
  }
}

function refusal(target: KubeTarget, { kind, name }: KeptObject, answer: Answer): UserError {
  const problem = refusedProblem(target, `take over the ${kind} ${name}`, answer);
  return new UserError([{ ...problem, fix: `${problem.fix}; then run this again: what is done already stays done` }]);
}
