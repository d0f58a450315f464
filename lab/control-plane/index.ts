import type { Stages } from "../process";
import { apiserver } from "./apiserver";
import { controllerManager, scheduler } from "./controllers";
import { etcd } from "./etcd";
import { kwok } from "./kwok";
import type { ControlPlane } from "./network";

/** A Kubernetes control plane of the real parts, and kwok in the place of nodes. */
export { adminClient } from "./admin-client";
export { ApiClient } from "./api-client";
export { createUnlessThere } from "./create-object";
export { contextName, serverUrl, writeKubeconfigs } from "./kubeconfig";
export { type ClusterNetwork, type ControlPlane, type ControlPlaneTool, host, type Ports } from "./network";
export { ensureNode } from "./node";
export { clientTls, ensurePki, pkiFiles } from "./pki";
export { writePlayedLogs } from "./played-logs";

/** The processes in the order of their dependence: each stage needs the one before. */
export function controlPlaneStages(plane: ControlPlane): Stages {
  return [[etcd(plane)], [apiserver(plane)], [controllerManager(plane), scheduler(plane), kwok(plane)]];
}
