import type { KubeObject } from "./object";
import { annotationOf, isAnnotatedTrue } from "./object";
import type { Propagation } from "../api/client";

/**
 * The annotations by which a program steers the provider.
 * Source: https://www.pulumi.com/registry/packages/kubernetes and pulumi-kubernetes `pkg/metadata`.
 */
export const annotations = {
  /** Set by the provider on objects whose name it made. */
  autonamed: "pulumi.com/autonamed",
  skipAwait: "pulumi.com/skipAwait",
  waitFor: "pulumi.com/waitFor",
  timeoutSeconds: "pulumi.com/timeoutSeconds",
  replaceUnready: "pulumi.com/replaceUnready",
  patchForce: "pulumi.com/patchForce",
  patchFieldManager: "pulumi.com/patchFieldManager",
  deletionPropagation: "pulumi.com/deletionPropagationPolicy",
  lastApplied: "kubectl.kubernetes.io/last-applied-configuration",
} as const;

const defaultTimeoutSeconds = 600;

export function isAutonamed(object: KubeObject): boolean {
  return isAnnotatedTrue(object, annotations.autonamed);
}

/** How long to wait, in milliseconds: `customTimeouts`, else the annotation, else ten minutes. */
export function timeoutOf(object: KubeObject, customSeconds: number | undefined): number {
  if (customSeconds !== undefined && customSeconds > 0) return customSeconds * 1000;
  const annotated = Number.parseInt(annotationOf(object, annotations.timeoutSeconds), 10);
  return (Number.isNaN(annotated) ? defaultTimeoutSeconds : annotated) * 1000;
}

/** What becomes of the owned objects on deletion; they go first unless the annotation says otherwise. */
export function propagationOf(object: KubeObject): Propagation {
  switch (annotationOf(object, annotations.deletionPropagation).toLowerCase()) {
    case "orphan":
      return "Orphan";
    case "background":
      return "Background";
    default:
      return "Foreground";
  }
}
