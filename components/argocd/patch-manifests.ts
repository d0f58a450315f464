import type { ArgoCdSettings } from "../../model/argocd-settings";
import type { KubernetesObject } from "../../manifests/kubernetes-object";
import { CONFIG_DATA } from "./config-data";
import { patchChecksum } from "./patch-checksum";
import { patchHostAliases } from "./patch-host-aliases";
import { patchImages } from "./patch-images";
import { patchNamespace } from "./patch-namespace";
import { patchSharedSecret } from "./patch-shared-secret";
import { patchWorkload } from "./patch-workloads";

/** The official manifests as the settings want them: the same objects in the same order. */
export function patchManifests(objects: readonly KubernetesObject[], settings: ArgoCdSettings): KubernetesObject[] {
  const { namespace, imageRegistry, hostAliases, workloads } = settings;
  const patched = objects
    .map((object) => patchNamespace(object, namespace))
    .map((object) => patchConfigData(object, settings))
    .map(patchSharedSecret)
    .map((object) => patchWorkload(object, workloads))
    .map((object) => patchHostAliases(object, hostAliases))
    .map((object) => (imageRegistry === undefined ? object : patchImages(object, imageRegistry)));
  return patched.map((object) => patchChecksum(object, patched));
}

function patchConfigData(object: KubernetesObject, settings: ArgoCdSettings): KubernetesObject {
  const change = object.kind === "ConfigMap" ? CONFIG_DATA[object.metadata.name] : undefined;
  if (change === undefined) return object;
  const data = change((object["data"] as Record<string, string> | undefined) ?? {}, settings);
  return Object.keys(data).length === 0 ? object : { ...object, data };
}
