import { type KubeClient, type WriteOptions, refOf } from "../api/client";
import { isConflict } from "../api/errors";
import type { Settings } from "../config/settings";
import { threeWayMergePatch } from "../diff/merge-patch";
import { annotations } from "../object/annotations";
import { type KubeObject, annotationOf, isCrd, stringAt, withValue } from "../object/object";
import { explainConflict } from "./conflict";
import { forces } from "./force";
import { withIgnoredFields } from "./ignored-fields";
import { absorb, managedFieldsOf } from "./managed-fields";

export interface ObjectUpdate {
  readonly settings: Settings;
  readonly client: KubeClient;
  /** The object as it shall be. */
  readonly inputs: KubeObject;
  readonly lastInputs: KubeObject;
  /** The object as it is. */
  readonly live: KubeObject;
  readonly ignoreChanges: readonly string[];
  /** Whether only single fields are ours: then nobody else's are taken over. */
  readonly isPatch: boolean;
  readonly options: WriteOptions;
}

/** Attempts at a write that loses a race against a controller's writes. */
const attempts = 5;

/** Makes the object so, and returns it as the API server has it then. Throws ApiError. */
export async function updateObject(update: ObjectUpdate): Promise<KubeObject> {
  const { settings, client, inputs, live, options } = update;
  if (isCrd(inputs)) {
    // A CRD is replaced whole: an apply would merge the lists of its versions.
    const resourceVersion = stringAt(live, "metadata", "resourceVersion");
    return client.replace(withValue(inputs, ["metadata", "resourceVersion"], resourceVersion), options);
  }
  return settings.serverSideApply ? applyUpdate(update) : mergeUpdate(update);
}

async function applyUpdate(update: ObjectUpdate): Promise<KubeObject> {
  const { settings, client, inputs, ignoreChanges, isPatch, options } = update;
  const { fieldManager, dryRun } = options;
  const live = isPatch || dryRun ? update.live : await takeOver(client, update.live, options);
  const object = withIgnoredFields(inputs, live, ignoreChanges, fieldManager);
  const force = forces(settings, inputs, live, fieldManager, dryRun && !isPatch);
  try {
    return await client.apply(object, { ...options, force });
  } catch (error) {
    throw explainConflict(error, fieldManager);
  }
}

/** Makes the manager the owner of what it and its forerunners set by other requests than an apply. */
async function takeOver(client: KubeClient, object: KubeObject, options: WriteOptions): Promise<KubeObject> {
  let live = object;
  for (let attempt = 1; ; attempt++) {
    const managedFields = absorb(managedFieldsOf(live), options.fieldManager);
    if (managedFields === undefined) return live;
    const patch = [
      { op: "replace", path: "/metadata/managedFields", value: managedFields },
      // Fails when a controller wrote in between, whose ownership would be lost.
      { op: "replace", path: "/metadata/resourceVersion", value: stringAt(live, "metadata", "resourceVersion") },
    ];
    try {
      return await client.patch(refOf(live), "application/json-patch+json", patch, options);
    } catch (error) {
      if (!isConflict(error) || attempt === attempts) throw error;
      live = await client.get(refOf(live), options.signal);
    }
  }
}

async function mergeUpdate(update: ObjectUpdate): Promise<KubeObject> {
  const { client, inputs, lastInputs, live, ignoreChanges, options } = update;
  const object = withIgnoredFields(inputs, live, ignoreChanges, options.fieldManager);
  const annotation = annotationOf(live, annotations.lastApplied);
  const path = ["metadata", "annotations", annotations.lastApplied];
  // Early versions of the provider kept kubectl's annotation, which nothing updates any more.
  const last = annotation === "" ? lastInputs : withValue(lastInputs, path, annotation);
  const patch = threeWayMergePatch(last, object, live);
  return client.patch(refOf(live), "application/merge-patch+json", patch, options);
}
