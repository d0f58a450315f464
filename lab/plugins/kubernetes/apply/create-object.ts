import { setTimeout as pause } from "node:timers/promises";
import type { KubeClient, WriteOptions } from "../api/client";
import { NoSuchKind, isBeingDeleted, isNotFound } from "../api/errors";
import type { Settings } from "../config/settings";
import { withNamespace } from "../object/normalize";
import { type KubeObject, apiVersionOf, kindOf } from "../object/object";
import { explainConflict } from "./conflict";
import { forces } from "./force";

export interface ObjectCreation {
  readonly settings: Settings;
  readonly client: KubeClient;
  readonly inputs: KubeObject;
  readonly isPatch: boolean;
  readonly options: WriteOptions;
  readonly status: (progress: string) => void;
}

/** Pauses before another attempt at what may come right by itself, in milliseconds: 31 s together. */
const pauses = [250, 500, 750, 1500, 4000, 8000, 16_000];

/**
 * Creates the object. It must not exist, unless the provider may take over what exists, or it is a Patch. A missing
 * namespace or kind is waited for a little, since another resource may be about to create it; so is the end of an
 * object of that name that is on its way out.
 * Throws ApiError or NoSuchKind.
 */
export async function createObject(creation: ObjectCreation): Promise<KubeObject> {
  const { options, status } = creation;
  for (let attempt = 0; ; attempt++) {
    try {
      return await createOnce(creation);
    } catch (error) {
      const delay = pauses[attempt];
      const mayCome = error instanceof NoSuchKind || isNotFound(error) || isBeingDeleted(error);
      if (!mayCome || delay === undefined || options.dryRun) throw error;
      status(`${(error as Error).message}; attempt ${attempt + 2} follows`);
      await pause(delay, undefined, options.signal === undefined ? {} : { signal: options.signal });
    }
  }
}

async function createOnce(creation: ObjectCreation): Promise<KubeObject> {
  const { settings, client, isPatch, options } = creation;
  const inputs = await placed(creation);
  if (!isPatch && !(settings.serverSideApply && settings.upsert)) return client.create(inputs, options);
  try {
    const force = forces(settings, inputs, undefined, options.fieldManager, options.dryRun);
    return await client.apply(inputs, { ...options, force });
  } catch (error) {
    throw explainConflict(error, options.fieldManager);
  }
}

/** The inputs without a namespace where the kind turns out to have none: before its CRD came, nobody could tell. */
async function placed({ client, inputs }: ObjectCreation): Promise<KubeObject> {
  const { namespaced } = await client.discovery.require(apiVersionOf(inputs), kindOf(inputs));
  return namespaced ? inputs : withNamespace(inputs, "");
}
