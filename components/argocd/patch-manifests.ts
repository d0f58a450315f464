import type { ArgoCdSettings } from "../../model/argocd-settings";
import type { KubernetesObject } from "../../manifests/kubernetes-object";
import { CONFIG_DATA } from "./config-data";
import { patchMetrics } from "./metrics";
import { NOTIFICATIONS_SECRET, notificationSecrets, patchNotifications } from "./notifications";
import { patchChecksum } from "./patch-checksum";
import { patchExecTimeout } from "./patch-exec-timeout";
import { patchHostAliases } from "./patch-host-aliases";
import { patchImages } from "./patch-images";
import { patchNamespace } from "./patch-namespace";
import { patchSharedSecret, SHARED_SECRET } from "./patch-shared-secret";
import { patchWorkload } from "./patch-workloads";

/** The official manifests as the settings want them: the same objects in the same order. */
export function patchManifests(objects: readonly KubernetesObject[], settings: ArgoCdSettings): KubernetesObject[] {
  const { namespace, imageRegistry, hostAliases, workloads, execTimeout, metrics } = settings;
  const told = settings.notifications && Object.keys(notificationSecrets(settings.notifications)).length > 0;
  const shared = [SHARED_SECRET, ...(told === true ? [NOTIFICATIONS_SECRET] : [])];
  const patched = objects
    .map((object) => patchNamespace(object, namespace))
    .map((object) => patchConfigData(object, settings))
    .map((object) => patchNotifications(object, settings))
    .map((object) => patchSharedSecret(object, shared))
    .map((object) => patchWorkload(object, workloads))
    .map((object) => patchHostAliases(object, hostAliases))
    .map((object) => (execTimeout === undefined ? object : patchExecTimeout(object, execTimeout)))
    .map((object) => patchMetrics(object, metrics))
    .map((object) => (imageRegistry === undefined ? object : patchImages(object, imageRegistry)));
  return patched.map((object) => patchChecksum(object, patched));
}

function patchConfigData(object: KubernetesObject, settings: ArgoCdSettings): KubernetesObject {
  const change = object.kind === "ConfigMap" ? CONFIG_DATA[object.metadata.name] : undefined;
  if (change === undefined) return object;
  const data = change((object["data"] as Record<string, string> | undefined) ?? {}, settings);
  return Object.keys(data).length === 0 ? object : { ...object, data };
}
