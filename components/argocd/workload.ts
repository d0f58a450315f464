import type { KubernetesObject } from "../../manifests/kubernetes-object";

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly env?: readonly EnvironmentVariable[];
  readonly envFrom?: readonly { readonly configMapRef?: { readonly name: string } }[];
  readonly [key: string]: unknown;
}

export interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly configMapKeyRef?: { readonly name: string; readonly key: string } };
}

export interface PodSpec {
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
  readonly [key: string]: unknown;
}

export interface PodTemplate {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>>; readonly [key: string]: unknown };
  readonly spec: PodSpec;
}

/** A Deployment, StatefulSet or DaemonSet: what keeps pods running. */
export interface Workload extends KubernetesObject {
  readonly spec: { readonly template: PodTemplate; readonly [key: string]: unknown };
}

const KINDS = ["Deployment", "StatefulSet", "DaemonSet"];

export function isWorkload(object: KubernetesObject): object is Workload {
  return object.apiVersion === "apps/v1" && KINDS.includes(object.kind);
}

/** The object with its pod template changed; an object that is no workload is given back as it is. */
export function withPodTemplate(
  object: KubernetesObject,
  change: (template: PodTemplate) => PodTemplate,
): KubernetesObject {
  if (!isWorkload(object)) return object;
  return { ...object, spec: { ...object.spec, template: change(object.spec.template) } };
}

export function withPodSpec(object: KubernetesObject, change: (pod: PodSpec) => PodSpec): KubernetesObject {
  return withPodTemplate(object, (template) => ({ ...template, spec: change(template.spec) }));
}

/** All containers of a pod, those that initialise it first. */
export function containersOf(pod: PodSpec): readonly Container[] {
  return [...(pod.initContainers ?? []), ...pod.containers];
}
