import { SECRET } from "../../engine/hidden-secrets";
import { OUR_FIELD_MANAGER } from "../../doctor/ours";
import { messageOf } from "../../cluster/cluster-api";
import type { Answer } from "../../cluster/cluster-api";
import { propertyChanges } from "../../review/property-changes";
import type { PropertyChange } from "../../review/review";
import { showable, showAll } from "../../review/shown";
import { fieldsAt, isFields } from "../found-object";
import type { Fields } from "../found-object";
import { listAt, textAt } from "../../../policies/read";
import type { ImportableObject } from "./importable-kinds";

/** The API as a question after an update needs it. */
export interface ApplyingApi {
  get(path: string): Promise<Answer>;
  /** Server-side apply. */
  apply(path: string, object: object): Promise<Answer>;
}

/** What the first update does to an object that exists. */
export interface FirstUpdate {
  /** What the API server says would differ afterwards; absent where it could not be asked. */
  readonly changes?: readonly PropertyChange[];
  /** Why it could not be asked. */
  readonly unasked?: string;
  /** The fields that others own and the program says otherwise: the update would be refused. */
  readonly ownedByOthers: readonly string[];
}

/** In a preview's digest a value that the update alone will know (sdk/go/common/resource/plugin: UnknownStringValue). */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** What every write changes. */
const SERVERS_OWN = ["managedFields", "resourceVersion", "generation"];

/**
 * Asks the API server what becomes of an object, by the very request that the update will make, as a dry run. What others
 * own counts as taken over, so that its change is seen.
 */
export async function firstUpdate(api: ApplyingApi, object: ImportableObject, live: Fields): Promise<FirstUpdate> {
  const { resource, path } = object;
  const said = JSON.stringify(resource.inputs);
  if (said.includes(UNKNOWN) || said.includes(SECRET)) {
    return { unasked: "some of its values are known to the update alone", ownedByOthers: [] };
  }
  const query = `dryRun=All&fieldManager=${OUR_FIELD_MANAGER}`;
  const first = await api.apply(`${path}?${query}&force=false`, resource.inputs);
  const ownedByOthers = first.status === 409 ? conflictsOf(first.body) : [];
  const answer = first.status === 409 ? await api.apply(`${path}?${query}&force=true`, resource.inputs) : first;
  if (answer.status !== 200 || !isFields(answer.body)) {
    return { unasked: `the API server answers ${String(answer.status)}: ${messageOf(answer.body)}`, ownedByOthers };
  }
  const compared = { type: resource.type, before: comparable(live), after: comparable(answer.body), changed: [] };
  return { changes: showAll(propertyChanges(compared), showable([])), ownedByOthers };
}

/** The fields of a conflict: https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts */
function conflictsOf(body: unknown): string[] {
  const causes = isFields(body) ? listAt(body["details"], "causes") : [];
  return causes.map((cause) => (textAt(cause, "field") ?? "").replace(/^\./, ""));
}

/** Each label and annotation is told by itself, also where there were none. */
function comparable(object: Fields): Fields {
  const metadata = Object.entries(fieldsAt(object, "metadata")).filter(([key]) => !SERVERS_OWN.includes(key));
  const rest = Object.entries(object).filter(([key]) => key !== "status");
  return { ...Object.fromEntries(rest), metadata: { labels: {}, annotations: {}, ...Object.fromEntries(metadata) } };
}
