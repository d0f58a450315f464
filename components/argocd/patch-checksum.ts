import { createHash } from "node:crypto";
import type { KubernetesObject } from "../../manifests/kubernetes-object";
import { containersOf, withPodTemplate } from "./workload";
import type { PodSpec } from "./workload";

/** A digest of the ConfigMap values that a pod reads as environment variables; no Secret is in it. */
export const CHECKSUM_ANNOTATION = "gitops-factory/parameters";

/**
 * Marks a workload with what its environment holds, so that a changed parameter starts its pods anew, and those of no
 * other workload. All else needs no restart: Argo CD watches `argocd-cm`, `argocd-rbac-cm` and `argocd-secret`, and
 * reads known hosts and certificates from mounted files on each use. But `argocd-cmd-params-cm`, and the
 * `timeout.reconciliation` keys of `argocd-cm`, reach it as environment variables only.
 */
export function patchChecksum(object: KubernetesObject, objects: readonly KubernetesObject[]): KubernetesObject {
  return withPodTemplate(object, (template) => {
    const values = environmentValues(template.spec, objects);
    if (values.length === 0) return template;
    const checksum = createHash("sha256").update(JSON.stringify(values)).digest("hex").slice(0, 16);
    const annotations = { ...template.metadata?.annotations, [CHECKSUM_ANNOTATION]: checksum };
    return { ...template, metadata: { ...template.metadata, annotations } };
  });
}

/** ConfigMap, key and value of all that is set, without repetition and in a fixed order. */
function environmentValues(pod: PodSpec, objects: readonly KubernetesObject[]): [string, string, string][] {
  const values = new Map<string, [string, string, string]>();
  const read = (configMap: string, wanted?: string): void => {
    for (const [key, value] of Object.entries(dataOf(configMap, objects))) {
      if (wanted === undefined || key === wanted) values.set(`${configMap}/${key}`, [configMap, key, value]);
    }
  };
  for (const { env = [], envFrom = [] } of containersOf(pod)) {
    for (const { valueFrom } of env) {
      if (valueFrom?.configMapKeyRef) read(valueFrom.configMapKeyRef.name, valueFrom.configMapKeyRef.key);
    }
    for (const { configMapRef } of envFrom) if (configMapRef) read(configMapRef.name);
  }
  return [...values.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value);
}

function dataOf(name: string, objects: readonly KubernetesObject[]): Readonly<Record<string, string>> {
  const found = objects.find(({ kind, metadata }) => kind === "ConfigMap" && metadata.name === name);
  return (found?.["data"] as Record<string, string> | undefined) ?? {};
}
