import type { Settings } from "../config/settings";
import { annotations } from "../object/annotations";
import { type KubeObject, isAnnotatedTrue } from "../object/object";
import { isAbsorbed, managedFieldsOf } from "./managed-fields";

/**
 * Whether an apply takes over fields that others own. The annotation and the setting say so; besides, a preview does
 * where the update itself will have settled the ownership before it applies.
 */
export function forces(
  settings: Settings,
  inputs: KubeObject,
  live: KubeObject | undefined,
  manager: string,
  preview: boolean,
): boolean {
  if (isAnnotatedTrue(inputs, annotations.patchForce)) return true;
  if (settings.patchForce !== undefined) return settings.patchForce;
  if (live === undefined) return preview;
  const entries = managedFieldsOf(live);
  // Objects older than server-side apply say nothing of owners, and everything would conflict.
  return entries.length === 0 || (preview && entries.some((entry) => isAbsorbed(entry, manager)));
}
