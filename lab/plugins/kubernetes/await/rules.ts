import { annotations } from "../object/annotations";
import { parseGvk } from "../object/gvk";
import { type KubeObject, apiVersionOf, isAnnotatedTrue, kindOf } from "../object/object";
import { daemonSet } from "./daemon-set";
import { deployment } from "./deployment";
import { ingress } from "./ingress";
import { job } from "./job";
import { persistentVolumeClaim } from "./persistent-volume-claim";
import { service } from "./service";
import * as simple from "./simple-rules";
import { statefulSet } from "./stateful-set";
import type { ReadinessRule } from "./verdict";
import { userRule } from "./wait-for";

/** The rules by group and kind; whatever is not listed is ready as soon as it exists. */
const rules: Readonly<Record<string, ReadinessRule>> = {
  "apps/DaemonSet": daemonSet,
  "apps/Deployment": deployment,
  "apps/StatefulSet": statefulSet,
  "apiextensions.k8s.io/CustomResourceDefinition": simple.customResourceDefinition,
  "batch/Job": job,
  "networking.k8s.io/Ingress": ingress,
  "/Namespace": simple.namespace,
  "/PersistentVolume": simple.persistentVolume,
  "/PersistentVolumeClaim": persistentVolumeClaim,
  "/Pod": simple.pod,
  "/ReplicationController": simple.replicationController,
  "/ResourceQuota": simple.resourceQuota,
  "/Secret": simple.secret,
  "/Service": service,
};

/** Kinds whose readiness a refresh looks at, too. */
const readOnRefresh = new Set([
  "apps/DaemonSet",
  "apps/Deployment",
  "apps/StatefulSet",
  "batch/Job",
  "networking.k8s.io/Ingress",
  "/Pod",
  "/Service",
]);

/** The rule by which to wait after a write; `undefined` when there is nothing to wait for. */
export function ruleFor(inputs: KubeObject): ReadinessRule | undefined {
  if (isAnnotatedTrue(inputs, annotations.skipAwait)) return undefined;
  return userRule(inputs) ?? rules[keyOf(inputs)];
}

/** The rule by which a refresh judges; `undefined` when it takes the object as it is. */
export function ruleForRefresh(inputs: KubeObject): ReadinessRule | undefined {
  if (isAnnotatedTrue(inputs, annotations.skipAwait)) return undefined;
  return readOnRefresh.has(keyOf(inputs)) ? rules[keyOf(inputs)] : undefined;
}

function keyOf(object: KubeObject): string {
  return `${parseGvk(apiVersionOf(object), "").group}/${kindOf(object)}`;
}
