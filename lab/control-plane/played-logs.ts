import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { ControlPlane } from "./network";

/** kwok's working folder. */
export function kwokFolder({ folders }: ControlPlane): string {
  return join(folders.stateDir, "kwok");
}

export function kwokConfigFile(plane: ControlPlane): string {
  return join(kwokFolder(plane), "config.yaml");
}

/**
 * Gives every pod a log. No container runs that would write one, yet who may read it, and the way through the API
 * server to the node, are real and can be tried.
 */
export function writePlayedLogs(plane: ControlPlane): void {
  const logsFile = join(kwokFolder(plane), "pod.log");
  mkdirSync(kwokFolder(plane), { recursive: true });
  // As a container runtime writes it: time, stream, F for a full line.
  const line = `${new Date().toISOString()} stdout F kwok plays this pod: no container runs in it\n`;
  if (!existsSync(logsFile)) writeFileSync(logsFile, line);
  const config = {
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "ClusterLogs",
    metadata: { name: "played-pods" },
    spec: { logs: [{ logsFile }] },
  };
  writeFileSync(kwokConfigFile(plane), stringify(config));
}
